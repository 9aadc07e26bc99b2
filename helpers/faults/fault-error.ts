import { messageOf } from '../kubernetes/errors.ts';

/** A fault that did not land, or not as it should: what follows it proves nothing. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  /** What was being done, for example `deleting the pod my-release-querynode-0`. */
  readonly doing: string;
  /** As a clause: `the pod is still there, Running`. */
  readonly lastState: string;

  /** @param remedy what to do about it, as a sentence; empty where there is nothing to do but to try again */
  constructor(doing: string, lastState: string, remedy = '', options?: { readonly cause?: unknown }) {
    super(`The fault did not land: ${doing}: ${lastState}.${remedy === '' ? '' : ` ${remedy}`}`, options);
    this.doing = doing;
    this.lastState = lastState;
  }
}

/** What went wrong while something was done, as a FaultError; one that is one already stays. */
export function faultErrorOf(doing: string, error: unknown): FaultError {
  return error instanceof FaultError ? error : new FaultError(doing, messageOf(error), '', { cause: error });
}
