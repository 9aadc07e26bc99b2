import type { Statement } from '../statement.ts';

/** Milvus components keep nothing: any of them may be deleted at any time. */
export const stateless = {
  'STL-010': {
    title: 'Every Milvus component is a Deployment.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet'],
    why: 'A Deployment’s pods are interchangeable and come back anywhere. A StatefulSet gives a component an identity that Milvus does not use, and a bare pod does not come back at all.',
    remedy: 'Install the component with the Helm chart or the operator, both of which make Deployments.',
  },
  'STL-020': {
    title: 'No Milvus component has a claim over a data path.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet'],
    why: 'Components keep caches only. A claim ties them to a node or a zone, and a stale one brings old cache back; the operator’s shared data claim breaks across nodes (milvus-operator#444). A claim that the log needs is told apart and judged there.',
    remedy:
      'Remove the claim from the component; what must last belongs into etcd, object storage and the log.',
    source: 'milvus-operator#444',
  },
  'STL-030': {
    title: 'No Milvus component has a hostPath.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet'],
    why: 'A hostPath outlives the pod and is another one on each node: a component that comes back there finds another life’s files.',
    remedy: 'Use an emptyDir for caches (set its sizeLimit), also on a local NVMe disk.',
  },
  'STL-040': {
    title: 'No Milvus component has any other volume that outlives its pod.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet'],
    why: 'NFS and inline volumes of a storage driver keep files as a claim does, without showing up among the claims.',
    remedy: 'Remove the volume, or use an emptyDir for caches.',
  },
  'STL-050': {
    title: 'A volume for log files holds log files only.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet'],
    why: 'A claim for log files (`log.persistence.enabled`) is no state. The same claim mounted over a data path is.',
    remedy: 'Mount the log volume over the log folder only (/milvus/logs).',
  },
  'STL-060': {
    title: 'Every role that this version needs has at least one replica.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet'],
    why: 'The operator keeps Deployments in pairs, one of them with zero replicas: that is normal. A role whose Deployments are all at zero does not run.',
    remedy: 'Scale the role up in the Helm values or in the Milvus resource, not on the Deployment itself.',
  },
} as const satisfies Record<string, Statement>;
