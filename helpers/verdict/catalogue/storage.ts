import type { Statement } from '../statement.ts';

/** Metadata and object stores, and the claims of every store. */
export const storage = {
  'STO-010': {
    title: 'Every store that the configuration names is there, or is named as one outside the cluster.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Service', 'StatefulSet', 'Deployment', 'ConfigMap'],
    why: 'Milvus keeps nothing of its own: without etcd, object storage or the log it cannot start, and it waits for them in a crash loop (milvus#40575). A store outside the cluster is waived by rule: its durability is its owner’s promise and cannot be read here.',
    remedy:
      'Compare the address in the finding with `kubectl get services,statefulsets`: install the store, scale it up, or correct the address in the values and upgrade the release.',
    source: 'milvus#40575, milvus#38637',
  },
  'STO-020': {
    title: 'Each replica of etcd and of object storage has a claim of its own.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'Replicas that share one claim are one copy: they lock each other out or overwrite each other, and one lost disk loses them all.',
    remedy:
      'Run the store as a StatefulSet with a volumeClaimTemplate (the bundled charts do), so that every replica gets its own claim.',
  },
  'STO-030': {
    title: 'The claim of a store is mounted over the path that its container writes.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'A claim mounted beside the data path looks durable in every list and keeps nothing: the data lies in the container and goes with it.',
    remedy:
      'Make the mount path and the data path agree: change the mountPath of the volume, or the path in the finding’s configuration, then let the pods be replaced one at a time.',
  },
  'STO-040': {
    title: 'No store keeps its data on an emptyDir.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'An emptyDir is wiped with its pod: an eviction, a drained node or an upgrade takes every collection with it (milvus#36648, milvus-helm#156).',
    remedy:
      'Turn persistence on for that store (`etcd.persistence.enabled=true`, `minio.persistence.enabled=true`) and back up first: the move does not carry the data over.',
    source: 'milvus-helm#156, milvus#36648, milvus#43429',
  },
  'STO-050': {
    title: 'No store keeps its data in the container’s own layer.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'What no volume covers lies in the container’s writable layer. It is gone when the container restarts, without any pod being deleted.',
    remedy:
      'Mount a claim over the path in the finding: turn persistence on for that store (`etcd.persistence.enabled=true`, `minio.persistence.enabled=true`).',
  },
  'STO-060': {
    title: 'No store keeps its data on a hostPath.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'A hostPath is a folder of one node. A pod that is moved to another node starts empty, and nothing reports it.',
    remedy:
      'Use a claim instead; where a local disk is wanted, a `local` PersistentVolume keeps the pod on its node.',
  },
  'STO-070': {
    title: 'The volume under a store’s data can be written and outlives its pod.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'A generic ephemeral volume has a claim, but Kubernetes deletes it together with the pod; a ConfigMap, Secret or read-only volume keeps nothing.',
    remedy: 'Replace the volume by a volumeClaimTemplate of the StatefulSet or by a named claim.',
    source: 'Kubernetes: Ephemeral Volumes',
  },
  'STO-080': {
    title: 'Object storage of type `local` lies on a claim, not on an emptyDir mounted over it.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet', 'ConfigMap'],
    why: 'With `common.storageType: local` every vector is kept under /var/lib/milvus/data. The chart mounts an emptyDir exactly there, over the claim at /var/lib/milvus, so the claim stays empty and the data goes with the pod.',
    remedy:
      'Use MinIO or S3 (`common.storageType: remote`), or set `localStorage.path` to a folder below /var/lib/milvus that the emptyDir does not cover.',
  },
  'STO-110': {
    title: 'Every claim that a workload asks for exists.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim', 'StatefulSet', 'Deployment'],
    why: 'A pod whose claim does not exist is never scheduled, and the store has one replica less.',
    remedy:
      'Create the claim that the finding names. Where it was deleted by hand, delete its pod too: the StatefulSet then makes both again, empty, and the store copies its data back from the other replicas.',
  },
  'STO-120': {
    title: 'Every claim is Bound.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim'],
    why: 'A Pending claim keeps its pod from starting (milvus#28322); a Lost claim has lost its volume and with it the data.',
    remedy:
      'Read the events in the finding (`kubectl describe pvc NAME`). Waiting for the first consumer is normal for seconds only: if the pod exists, look at why it is not scheduled.',
    source: 'milvus#28322, milvus#24607',
  },
  'STO-130': {
    title: 'The volume behind every claim exists and is Bound back to it.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim', 'PersistentVolume'],
    why: 'A claim says Bound also when its volume was deleted, released or given to another claim: the next start of the pod then has no data.',
    remedy:
      'Look at the volume (`kubectl get pv NAME -o yaml`): where its claimRef names another claim or an older uid, restore the data from a backup, or clear the claimRef if the volume is known to be this claim’s.',
  },
  'STO-140': {
    title: 'The storage class that a claim asks for exists.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim'],
    why: 'A claim of a class that does not exist, or of the default class where there is none, stays Pending for ever. It is the most common reason why a first install never starts (milvus-helm#389).',
    remedy:
      'List the classes with `kubectl get storageclass`. Name one of them in the values (for example `etcd.persistence.storageClass`, `minio.persistence.storageClass`) or mark one as default; a claim’s class cannot be changed, so delete the Pending claim and its pod.',
    source: 'milvus-helm#389, milvus#24607',
  },
  'STO-150': {
    title: 'The provisioner makes the volume that a claim asks for.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim'],
    why: 'The class exists, but its provisioner refuses: no space, a quota, an access mode that it does not offer. The claim stays Pending and its pod does not start.',
    remedy:
      'The provisioner’s own words are in the finding. Change what it refuses (size, access mode, zone) or use another class, then delete the Pending claim and its pod.',
    source: 'milvus#28322',
  },
  'STO-160': {
    title: 'Every claim has an access mode that its pods can write with.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim'],
    why: 'A claim that can only be read, or that differs from what the workload asks for, lets the pod start and then fails its first write.',
    remedy:
      'A claim’s access modes cannot be changed: make a new claim with the mode that the finding expects and copy the data over.',
  },
  'STO-170': {
    title: 'Every claim has the capacity that it asked for.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim'],
    why: 'A volume smaller than its request fills up before its owner expects it: etcd then raises NOSPACE, MinIO refuses writes (milvus#50927).',
    remedy: 'Expand the volume, or move the data to one of the right size.',
    source: 'milvus#50927',
  },
  'STO-180': {
    title: 'Every claim asks for the size that its workload’s template states.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim', 'StatefulSet'],
    why: 'A smaller claim is left over from an earlier install and fills up first, alone among its replicas. A larger one was grown by hand: a new replica would come up smaller.',
    remedy:
      'Where the class allows expansion: `kubectl patch pvc NAME -p \'{"spec":{"resources":{"requests":{"storage":"SIZE"}}}}\'`. Where it is larger, put that size into the values.',
  },
  'STO-190': {
    title: 'No claim that only one node may mount is used by two workloads.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim', 'StatefulSet', 'Deployment'],
    why: 'A ReadWriteOnce claim in several workloads works while all pods happen to be on one node. On the next reschedule a pod hangs in ContainerCreating with a Multi-Attach error (milvus-operator#444).',
    remedy:
      'Give each workload its own claim, or use a ReadWriteMany class for one that is meant to be shared.',
    source: 'milvus-operator#444',
  },
  'STO-200': {
    title: 'No claim is being deleted.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim'],
    why: 'A Terminating claim lives only as long as its pod. With the next restart of that pod the claim and, with reclaim policy Delete, its data are gone.',
    remedy:
      'A deletion cannot be taken back. Set the volume’s reclaim policy to Retain now (`kubectl patch pv NAME -p \'{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}\'`), back up, then replace the pod.',
  },
  'STO-210': {
    title: 'No claim is in the middle of a resize.',
    severity: 'fail',
    needs: 'objects',
    reads: ['PersistentVolumeClaim'],
    why: 'Until a resize ends the capacity is the old one, and some drivers need the pod to be restarted before the file system grows.',
    remedy:
      'Wait until `kubectl get pvc NAME` shows the new capacity; for FileSystemResizePending restart the pod that mounts it.',
  },
  'STO-220': {
    title: 'Every claim that belongs to this instance is used by one of its workloads.',
    severity: 'warn',
    needs: 'objects',
    reads: ['PersistentVolumeClaim', 'StatefulSet', 'Deployment'],
    why: 'A claim that nothing uses costs space, and may be data that was left behind by a renamed release or a smaller replica count.',
    remedy:
      'Find out what is on it before deleting it: a StatefulSet that is scaled up again takes an old claim of the same name as it is.',
  },
  'STO-230': {
    title: 'Deleting a claim does not delete its volume.',
    severity: 'warn',
    needs: 'objects',
    reads: ['PersistentVolumeClaim', 'PersistentVolume'],
    why: 'With reclaim policy Delete one wrong `kubectl delete pvc`, or a removed namespace, deletes the data at once.',
    remedy:
      'Keep it on purpose and have backups, or `kubectl patch pv NAME -p \'{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}\'`.',
    source: 'Kubernetes: Change the Reclaim Policy of a PersistentVolume',
  },
} as const satisfies Record<string, Statement>;
