import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../kubernetes/errors.ts';
import { evictPod } from '../kubernetes/evict-pod.ts';
import type { Victim } from '../resilience/scenario.ts';
import { awaitGone } from './await-gone.ts';
import { FaultError } from './fault-error.ts';
import type { FaultPlace } from './place.ts';
import { strike } from './strike.ts';

/** For a disruption budget to allow it, in ms; as long as a drain is patient for. */
const allowedBudgetMs = 120_000;
/** Where the server does not say when to ask again, in ms. */
const defaultRetryMs = 1000;

/**
 * Evicts the pods, one after the other as a drain does, each once its disruption budget allows it.
 * @throws FaultError in the server's words where it never does
 */
export async function evict(victims: readonly Victim[], place: FaultPlace): Promise<void> {
  await strike('evict', victims, place, async () => {
    for (const victim of victims) {
      await evictOne(victim, place);
      await awaitGone(`evicting the pod ${victim.name}`, [victim], undefined, place);
    }
    return 'each is gone';
  });
}

async function evictOne(
  victim: Victim,
  { connection, namespace, signal, progress }: FaultPlace,
): Promise<void> {
  const doing = `evicting the pod ${victim.name}`;
  const until = performance.now() + allowedBudgetMs;
  for (;;) {
    try {
      await evictPod(connection, namespace, victim, signal);
      return;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const pauseMs = error.retryAfterMs ?? defaultRetryMs;
      if (error.status !== 429 || performance.now() + pauseMs > until) {
        throw refused(doing, namespace, error);
      }
      progress(`${doing}: ${error.serverMessage}`);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

function refused(doing: string, namespace: string, error: ApiError): FaultError {
  const cause = { cause: error };
  switch (error.status) {
    case 404:
      return new FaultError(doing, 'it was gone before', '', cause);
    case 409:
      return new FaultError(doing, 'another pod has its name by now', '', cause);
    case 429: {
      const state = `after ${allowedBudgetMs / 1000} s it is still refused: ${error.serverMessage}`;
      const remedy = `See what the budget needs: kubectl -n ${namespace} get poddisruptionbudgets`;
      return new FaultError(doing, state, remedy, cause);
    }
    default:
      return new FaultError(doing, error.serverMessage, '', cause);
  }
}
