import type { Victim } from '../resilience/scenario.ts';
import { readPod } from '../kubernetes/delete-pod.ts';
import { awaitState } from './await-state.ts';
import type { FaultPlace } from './place.ts';

/** For a pod to go, in ms, on top of its grace period; a node that is busy takes a while. */
const goneBudgetMs = 60_000;
/** A longer grace period than this is not waited for (milvus-operator's is thirty days), in s. */
const longestGraceSeconds = 300;
const defaultGraceSeconds = 30;

/**
 * Waits until none of the pods is there any more: another pod under the name is another UID.
 * @param graceSeconds undefined: the pod's own
 * @throws FaultError with the state of a pod that stays
 */
export async function awaitGone(
  doing: string,
  victims: readonly Victim[],
  graceSeconds: 0 | undefined,
  place: FaultPlace,
): Promise<void> {
  const { connection, namespace, signal } = place;
  for (const { name, uid } of victims) {
    const pod = await readPod(connection, namespace, name, signal);
    const own = pod?.spec.terminationGracePeriodSeconds ?? defaultGraceSeconds;
    const graceMs = graceSeconds === 0 ? 0 : Math.min(own, longestGraceSeconds) * 1000;
    const look = async () => {
      const now = await readPod(connection, namespace, name, signal);
      if (now === undefined || now.metadata.uid !== uid) return { state: 'there', value: undefined } as const;
      const going = now.metadata.deletionTimestamp === undefined ? 'not being deleted' : 'being deleted';
      const phase = now.status?.phase ?? 'Unknown';
      return { state: 'not yet', now: `the pod ${name} is still there, ${phase}, ${going}` } as const;
    };
    await awaitState(doing, goneBudgetMs + graceMs, look, place);
  }
}
