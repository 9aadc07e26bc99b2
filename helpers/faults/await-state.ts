import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../kubernetes/errors.ts';
import { FaultError } from './fault-error.ts';
import type { FaultPlace } from './place.ts';

/** What one look showed: what was awaited, or how it still is, as a clause. */
export type Look<T> =
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'not yet'; readonly now: string };

/** Between two looks, in ms: what is proved here is timed by the watch, not by this. */
const lookEveryMs = 100;

/**
 * Looks until what is awaited is there; an API server that cannot be reached for a while is looked at again.
 * @param doing what was done, for the error: `deleting the pod my-release-querynode-0`
 * @throws FaultError with the last state seen when the budget (ms) is spent; the signal's reason when aborted
 */
export async function awaitState<T>(
  doing: string,
  budgetMs: number,
  look: () => Promise<Look<T>>,
  { signal, progress }: Pick<FaultPlace, 'signal' | 'progress'>,
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const found = await enduring(look);
    if (found.state === 'there') return found.value;
    if (performance.now() - startedAt > budgetMs) {
      throw new FaultError(doing, `after ${Math.round(budgetMs / 1000)} s ${found.now}`);
    }
    progress(`${doing}: ${found.now}`);
    await sleep(lookEveryMs, undefined, { signal });
  }
}

/** Whether something is seen within the budget (ms). @throws what `look` throws; the signal's reason when aborted */
export async function cameToBe(
  budgetMs: number,
  { signal }: Pick<FaultPlace, 'signal'>,
  look: () => Promise<boolean>,
): Promise<boolean> {
  const until = performance.now() + budgetMs;
  do {
    const found = await enduring(async () => {
      return (await look()) ? { state: 'there', value: undefined } : { state: 'not yet', now: '' };
    });
    if (found.state === 'there') return true;
    await sleep(lookEveryMs, undefined, { signal });
  } while (performance.now() < until);
  return false;
}

async function enduring<T>(look: () => Promise<Look<T>>): Promise<Look<T>> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof EnvironmentError && error.failure === 'unreachable')) throw error;
    return { state: 'not yet', now: error.message };
  }
}
