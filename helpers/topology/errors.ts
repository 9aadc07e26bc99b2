/** Why no instance could be chosen: there is none, there are several, or the named one is not among them. */
export class InstanceError extends Error {
  override readonly name = 'InstanceError';
  readonly reason: 'none' | 'several' | 'unknown';
  /** Names of the instances that are there. */
  readonly found: readonly string[];

  constructor(reason: InstanceError['reason'], found: readonly string[], message: string) {
    super(message);
    this.reason = reason;
    this.found = found;
  }
}
