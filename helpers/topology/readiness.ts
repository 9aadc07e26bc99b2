import type { Workload } from './model.ts';
import type { Pod } from './objects.ts';

/** Whether a pod takes requests: its condition Ready is True and it is not being deleted. */
export function isReady({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') === true
  );
}

/** A container that has not started, and the kubelet's reason (`ImagePullBackOff`, `CrashLoopBackOff`). */
export interface WaitingContainer {
  readonly container: string;
  readonly reason: string;
  readonly message: string | undefined;
}

/** Containers of a pod that wait, init containers first. */
export function waitingContainers({ status }: Pod): readonly WaitingContainer[] {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return statuses.flatMap(({ name, state }) =>
    state?.waiting === undefined
      ? []
      : [{ container: name, reason: state.waiting.reason ?? 'Waiting', message: state.waiting.message }],
  );
}

/**
 * Why a workload is not where its spec wants it, as one sentence without a full stop; undefined when it has settled:
 * all replicas ready and up to date, and no pod on its way out.
 */
export function unsettled({ replicas, readyReplicas, updatedReplicas, pods }: Workload): string | undefined {
  const leaving = pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  if (updatedReplicas < replicas) return `${updatedReplicas} of ${replicas} replicas are up to date`;
  if (readyReplicas < replicas) return `${readyReplicas} of ${replicas} replicas are ready`;
  if (leaving.length > 0)
    return `${leaving.map(({ metadata }) => metadata.name).join(', ')} still being deleted`;
  return undefined;
}
