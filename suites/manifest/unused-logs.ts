import type { Topology, Workload } from '../../helpers/topology/model.ts';
import type { ObjectsByKind } from '../../helpers/topology/observation.ts';
import { workloadsOf } from '../../helpers/topology/workloads.ts';

/** What runs in a container, by its image; the first that fits. */
const products = [
  [/pulsar|bookkeeper/, 'Pulsar'],
  [/kafka/, 'Kafka'],
  [/woodpecker/, 'Woodpecker'],
  [/zookeeper/, 'ZooKeeper'],
] as const satisfies readonly (readonly [RegExp, string])[];

interface UnusedLog {
  readonly workload: Workload;
  readonly product: string;
}

/** Workloads of a log, or of what one relies on, that nothing of this instance leads to. */
export function unusedLogs(topology: Topology, objects: ObjectsByKind): readonly UnusedLog[] {
  const used = new Set([
    ...topology.components.map(({ workload }) => nameOf(workload)),
    ...topology.stores.flatMap(({ location }) =>
      location.kind === 'in-cluster' ? location.workloads.map(nameOf) : [],
    ),
  ]);
  const usedProducts = new Set(
    topology.stores.flatMap(({ location }) =>
      location.kind === 'in-cluster'
        ? location.workloads.flatMap((workload) => productOf(workload) ?? [])
        : [],
    ),
  );
  return workloadsOf(objects).flatMap((workload) => {
    const product = productOf(workload);
    const isUnused = product !== undefined && !used.has(nameOf(workload)) && !usedProducts.has(product);
    return isUnused ? [{ workload, product }] : [];
  });
}

function productOf({ template }: Workload): string | undefined {
  const images = template.containers.map(({ image = '' }) => image).join(' ');
  return products.find(([pattern]) => pattern.test(images))?.[1];
}

function nameOf({ kind, metadata }: Workload): string {
  return `${kind}/${metadata.name}`;
}
