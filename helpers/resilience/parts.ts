import type { ComponentRole, KeepingProduct, StoreRole, Topology, Workload } from '../topology/model.ts';
import { selects } from '../topology/selectors.ts';

/** A workload of the deployment, and what it is for. */
export type Part =
  | {
      readonly kind: 'component';
      readonly name: ComponentRole;
      readonly workload: Workload;
      readonly container: string;
    }
  | {
      readonly kind: 'store';
      readonly name: KeepingProduct;
      readonly store: StoreRole;
      readonly workload: Workload;
      readonly container: string;
    };

/**
 * Every workload with replicas that is part of the deployment: components first, then stores with what they rely on.
 * A store that a component keeps itself (embedded Woodpecker) is that component; one outside the cluster is no part.
 */
export function partsOf({ components, stores }: Topology): readonly Part[] {
  const parts: Part[] = components.map(({ role, workload, container }) => ({
    kind: 'component',
    name: role,
    workload,
    container: container.name,
  }));
  const isKnown = ({ metadata }: Workload) =>
    parts.some(({ workload }) => workload.metadata.name === metadata.name);
  for (const { role, product: served, data, location } of stores) {
    for (const { product, workload, container } of data) {
      if (isKnown(workload)) continue;
      parts.push({ kind: 'store', name: product, store: role, workload, container: container.name });
    }
    // Those that keep nothing serve it all the same: Pulsar's brokers.
    for (const workload of location.kind === 'in-cluster' ? location.workloads : []) {
      const [container] = workload.template.containers;
      if (isKnown(workload) || container === undefined) continue;
      parts.push({ kind: 'store', name: served, store: role, workload, container: container.name });
    }
  }
  return parts.filter(({ workload }) => workload.replicas > 0);
}

/** Which part a pod is of, by its labels, so that pods made later are known too; undefined for all others. */
export function partOf(
  parts: readonly Part[],
  labels: Readonly<Record<string, string>> | undefined,
): Part | undefined {
  return parts.find(({ workload }) => selects(workload.templateLabels, labels ?? {}));
}
