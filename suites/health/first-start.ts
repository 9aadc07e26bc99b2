import type { Evidence } from '../../helpers/engine/context.ts';
import type { Topology, Workload } from '../../helpers/topology/model.ts';
import type { Pod } from '../../helpers/topology/objects.ts';
import { storeWorkloads } from '../../helpers/verdict/reliance.ts';

/** Milvus ends when etcd was away for 30 s (milvus#28377): an end that soon after the stores were Ready is their doing. */
const patienceMs = 30_000;
/** How long a first start may take; an end later than that in the pod's life is no waiting for stores. */
const firstStartMs = 10 * 60_000;

/**
 * When the stores that a pod waits for at its first start had become Ready (ms since 1970), if the pod ended at
 * `endedAt` because they had not; undefined when that is no reason. A component waits for every store, etcd above all;
 * a broker waits for its ZooKeeper.
 */
export function waitedForStores(pod: Pod, endedAt: number, { topology }: Evidence): number | undefined {
  const startedAt = Date.parse(pod.status?.startTime ?? pod.metadata.creationTimestamp ?? '');
  if (!(endedAt - startedAt <= firstStartMs)) return undefined;
  const times = storesOf(pod, topology).map(readyAt);
  const last = Math.max(...times);
  return times.length > 0 && endedAt <= last + patienceMs ? last : undefined;
}

function storesOf(pod: Pod, { components, stores }: Topology): readonly Workload[] {
  if (components.some(({ workload }) => workload.pods.includes(pod))) return stores.flatMap(storeWorkloads);
  return stores
    .filter((store) => storeWorkloads(store).some(({ pods }) => pods.includes(pod)))
    .flatMap(({ data }) => data.filter(({ product }) => product === 'zookeeper'))
    .map(({ workload }) => workload)
    .filter(({ pods }) => !pods.includes(pod));
}

/** When a majority of a workload's pods had become Ready; NaN when it has not. */
function readyAt({ pods, replicas }: Workload): number {
  const times = pods
    .flatMap(
      ({ status }) =>
        status?.conditions?.filter(({ type, status: value }) => type === 'Ready' && value === 'True') ?? [],
    )
    .map(({ lastTransitionTime }) => Date.parse(lastTransitionTime ?? ''))
    .toSorted((one, other) => one - other);
  return times[Math.floor(replicas / 2)] ?? Number.NaN;
}
