import type { Pod } from '../topology/objects.ts';
import { isReady } from '../topology/readiness.ts';
import type { PodState } from '../workload/history.ts';

/** A pod as the history tells of it. Pure. */
export function podStateOf(pod: Pod, part: string): PodState {
  const { metadata, spec, status } = pod;
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    part,
    phase: status?.phase ?? 'Unknown',
    scheduled: spec.nodeName !== undefined,
    ready: isReady(pod),
    deleting: metadata.deletionTimestamp !== undefined,
    containers: (status?.containerStatuses ?? []).map(({ name, restartCount, state }) => ({
      name,
      ...(state?.running?.startedAt !== undefined && { startedAt: state.running.startedAt }),
      restarts: restartCount,
      running: state?.running !== undefined,
    })),
  };
}
