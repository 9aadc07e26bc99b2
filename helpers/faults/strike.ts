import type { Victim } from '../resilience/scenario.ts';
import { faultErrorOf } from './fault-error.ts';
import type { FaultPlace } from './place.ts';

/**
 * One blow: noted in the history before it is dealt, and with its proof when it has landed.
 * @param text what is done, in a user's words, without the pods: `delete with grace 0`
 * @param deal does it, and resolves with the proof, as a clause
 * @throws FaultError where it did not land; the signal's reason when aborted. Both are noted.
 */
export async function strike(
  text: string,
  victims: readonly Victim[],
  { recorder, signal }: Pick<FaultPlace, 'recorder' | 'signal'>,
  deal: () => Promise<string>,
): Promise<void> {
  const pods = victims.map(({ name, uid, part }) => ({ name, uid, part }));
  const what = `${text}: ${pods.map(({ name }) => name).join(', ')}`;
  recorder.note({ kind: 'fault', step: 'begin', text: what, pods });
  try {
    const proof = await deal();
    recorder.note({ kind: 'fault', step: 'done', text: `${what}: ${proof}`, pods });
  } catch (error) {
    const failure = signal.aborted ? signal.reason : faultErrorOf(what, error);
    recorder.note({ kind: 'fault', step: 'failed', text: faultErrorOf(what, failure).message, pods });
    throw failure;
  }
}
