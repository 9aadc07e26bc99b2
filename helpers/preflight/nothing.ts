import type { Topology } from '../topology/model.ts';

/** What there is to understand before an install without a manifest: a name for the findings, and nothing else. */
export function emptyTopology(namespace: string): Topology {
  return {
    instance: { name: namespace, namespace, managedBy: 'manifest', mode: 'cluster', version: undefined },
    configuration: { from: 'nothing', values: {} },
    logType: undefined,
    components: [],
    stores: [],
    expectedClaims: [],
    orphanClaims: [],
    problems: [],
  };
}
