/**
 * Calls again and again, each on its tick, whether the calls before have returned or not: a server that hangs is
 * asked all the same, and its return is seen at the next tick. A tick that finds `most` calls under way is skipped.
 */
export class ProbeLoop {
  readonly #call: () => Promise<unknown> | undefined;
  readonly #most: number;
  /** Each call under way, with the time of its beginning. */
  readonly #underWay = new Map<Promise<void>, number>();
  #start: NodeJS.Timeout | undefined;
  #ticks: NodeJS.Timeout | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** `call` gives undefined where there is nothing to do. `startAfterMs` keeps the probes out of step. */
  constructor(
    call: () => Promise<unknown> | undefined,
    { everyMs, startAfterMs, most }: { everyMs: number; startAfterMs: number; most: number },
  ) {
    this.#call = call;
    this.#most = most;
    this.#start = setTimeout(() => {
      this.#ticks = setInterval(() => this.#tick(), everyMs);
      this.#tick();
    }, startAfterMs);
  }

  /** Age of the oldest call under way, in ms. */
  get unansweredMs(): number {
    const [oldest] = this.#underWay.values();
    return oldest === undefined ? 0 : performance.now() - oldest;
  }

  /** No more calls. */
  halt(): void {
    clearTimeout(this.#start);
    clearInterval(this.#ticks);
  }

  /**
   * Resolves when the calls under way have returned.
   *
   * @throws what a call threw: no server did that
   */
  async stop(): Promise<void> {
    this.halt();
    await Promise.all(this.#underWay.keys());
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #tick(): void {
    if (this.#underWay.size >= this.#most) return;
    const called = this.#begin();
    this.#underWay.set(called, performance.now());
    void called.then(() => this.#underWay.delete(called));
  }

  async #begin(): Promise<void> {
    try {
      await this.#call();
    } catch (error) {
      this.#failure ??= { error };
      this.halt();
    }
  }
}
