import type { Statement } from '../statement.ts';

/** What a cluster must offer before Milvus is installed in it. */
export const preflight = {
  'PRE-010': {
    title: 'The credentials have the rights that the suite and the install need.',
    severity: 'fail',
    needs: 'preflight',
    why: 'An apply that is refused half-way leaves half a deployment; a suite that may not look cannot say what is wrong.',
    remedy:
      'Ask for a Role with the rights in the finding; docs/rights.yaml holds the one that the suite itself needs.',
  },
  'PRE-020': {
    title: 'The storage class of every claim exists.',
    severity: 'fail',
    needs: 'preflight',
    why: 'A claim of a class that is not there, or of the default class where there is none, stays Pending for ever: it is the most common reason why a first install never starts (milvus-helm#389).',
    remedy:
      'List the classes with `kubectl get storageclass`; name one in the values (`etcd.persistence.storageClass`, `minio.persistence.storageClass`), or mark one as default.',
    source: 'milvus-helm#389, milvus#24607',
  },
  'PRE-030': {
    title: 'The class makes a volume where its pod is scheduled.',
    severity: 'warn',
    needs: 'preflight',
    why: 'With binding mode Immediate the volume is made before the pod has a node: in a cluster of several zones it may be where the pod cannot go.',
    remedy: 'Use a class with `volumeBindingMode: WaitForFirstConsumer`.',
    source: 'Kubernetes: Volume Binding Mode',
  },
  'PRE-040': {
    title: 'The class lets its claims grow.',
    severity: 'warn',
    needs: 'preflight',
    why: 'Object storage fills. Without expansion a full MinIO can only be moved to larger claims, while Milvus is down.',
    remedy: 'Use a class with `allowVolumeExpansion: true`, or ask for the final size at once.',
    source: 'milvus#50927',
  },
  'PRE-050': {
    title: 'The quota of the namespace leaves room for the manifest.',
    severity: 'fail',
    needs: 'preflight',
    why: 'What exceeds a ResourceQuota is refused pod by pod and claim by claim: the workloads are there, and some of their pods never are.',
    remedy: 'Raise the quota, or ask for less in the values.',
    source: 'Kubernetes: Resource Quotas',
  },
  'PRE-060': {
    title: 'Every container and claim is within the LimitRange of the namespace.',
    severity: 'fail',
    needs: 'preflight',
    why: 'A pod or claim outside the range is refused when it is made; the Deployment only says so in an event of its ReplicaSet.',
    remedy: 'Change the resources or sizes in the values, or the LimitRange.',
    source: 'Kubernetes: Limit Ranges',
  },
  'PRE-070': {
    title: 'The nodes have room for what the manifest asks for.',
    severity: 'fail',
    needs: 'preflight',
    why: 'A pod that fits on no node stays Pending. Without its quorum a store does not start, and Milvus waits for it in a crash loop.',
    remedy: 'Add nodes or larger ones, or lower the requests in the values.',
  },
  'PRE-080': {
    title: 'The CPUs of the nodes can do what Milvus needs.',
    severity: 'fail',
    needs: 'preflight',
    why: 'The Milvus images hold code for amd64 with SSE4.2 at least, and for arm64. Elsewhere the process ends with an illegal instruction.',
    remedy: 'Put Milvus on other nodes with a nodeSelector, or use newer machines.',
    source: 'milvus.io: Requirements for Installing Milvus on Kubernetes',
  },
  'PRE-090': {
    title: 'No claim of an earlier release is adopted unawares.',
    severity: 'fail',
    needs: 'preflight',
    why: 'A StatefulSet takes a claim that has the name it wants, with whatever is in it: an old etcd with other collections, or a volume of another size.',
    remedy:
      'Where the data is wanted, install the same release again. Where it is not: back up, then `kubectl delete pvc NAME`.',
    source: 'Kubernetes: StatefulSet, Stable Storage',
  },
  'PRE-100': {
    title: 'No object of another release has a name that the manifest uses.',
    severity: 'fail',
    needs: 'preflight',
    why: 'kubectl overwrites such an object; helm refuses the install. Either way another release is harmed or this one is not there.',
    remedy: 'Use another release name or another namespace.',
  },
  'PRE-110': {
    title: 'The namespace’s Pod Security level admits the pods of the manifest.',
    severity: 'fail',
    needs: 'preflight',
    why: 'Pods that the level forbids are never made; the workloads stay at zero, and only events say why.',
    remedy:
      'Set the security contexts that the level asks for in the values, or lower `pod-security.kubernetes.io/enforce` of the namespace.',
    source: 'Kubernetes: Pod Security Standards',
  },
} as const satisfies Record<string, Statement>;
