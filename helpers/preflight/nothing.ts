import type { Topology } from '../topology/model.ts';
import type { ObjectsByKind } from '../topology/observation.ts';

/** No objects at all: a preflight without a manifest. */
export const noObjects: ObjectsByKind = {
  Pod: [],
  PersistentVolumeClaim: [],
  PersistentVolume: [],
  StorageClass: [],
  Deployment: [],
  StatefulSet: [],
  ReplicaSet: [],
  Service: [],
  ConfigMap: [],
  Event: [],
  Milvus: [],
};

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
