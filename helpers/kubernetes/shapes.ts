import type {
  Claim,
  ClaimSpec,
  Condition,
  ConfigMap,
  Container,
  ContainerState,
  ContainerStatus,
  Deployment,
  Event,
  Metadata,
  MilvusResource,
  PersistentVolume,
  Pod,
  PodSpec,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from '../topology/objects.ts';
import type { Kind, ObjectsByKind } from '../topology/observation.ts';
import type { Shape } from './shape.ts';

export const metadata: Shape<Metadata> = {
  name: true,
  namespace: true,
  uid: true,
  resourceVersion: true,
  generation: true,
  creationTimestamp: true,
  deletionTimestamp: true,
  labels: true,
  annotations: true,
  finalizers: true,
  ownerReferences: { each: { apiVersion: true, kind: true, name: true, uid: true, controller: true } },
};

export const conditions: { readonly each: Shape<Condition> } = {
  each: { type: true, status: true, reason: true, message: true, lastTransitionTime: true },
};

const container: Shape<Container> = {
  name: true,
  image: true,
  command: true,
  args: true,
  env: { each: { name: true, value: true, valueFrom: true } },
  envFrom: true,
  ports: { each: { name: true, containerPort: true, protocol: true } },
  volumeMounts: {
    each: { name: true, mountPath: true, subPath: true, subPathExpr: true, readOnly: true },
  },
  resources: { requests: true, limits: true },
};

const claimSpec: Shape<ClaimSpec> = {
  accessModes: true,
  storageClassName: true,
  volumeName: true,
  volumeMode: true,
  resources: { requests: true },
};

const podSpec: Shape<PodSpec> = {
  containers: { each: container },
  initContainers: { each: container },
  volumes: {
    each: {
      name: true,
      persistentVolumeClaim: true,
      ephemeral: { volumeClaimTemplate: { spec: claimSpec } },
      emptyDir: true,
      hostPath: true,
      nfs: true,
      csi: { driver: true },
      configMap: { name: true, defaultMode: true },
      secret: { secretName: true },
      projected: true,
      downwardAPI: true,
    },
  },
  nodeName: true,
  serviceAccountName: true,
  terminationGracePeriodSeconds: true,
};

const state: Shape<ContainerState> = {
  waiting: { reason: true, message: true },
  running: { startedAt: true },
  terminated: {
    exitCode: true,
    signal: true,
    reason: true,
    message: true,
    startedAt: true,
    finishedAt: true,
  },
};

const containerStatuses: { readonly each: Shape<ContainerStatus> } = {
  each: {
    name: true,
    image: true,
    imageID: true,
    ready: true,
    started: true,
    restartCount: true,
    state,
    lastState: state,
  },
};

const pod: Shape<Pod> = {
  metadata,
  spec: podSpec,
  status: {
    phase: true,
    reason: true,
    message: true,
    podIP: true,
    startTime: true,
    conditions,
    containerStatuses,
    initContainerStatuses: containerStatuses,
  },
};

const selector = { matchLabels: true, matchExpressions: true } as const;
const template = { metadata: { ...metadata }, spec: podSpec } as const;
const replicas = {
  observedGeneration: true,
  replicas: true,
  readyReplicas: true,
  updatedReplicas: true,
  availableReplicas: true,
} as const;

const deployment: Shape<Deployment> = {
  metadata,
  spec: { replicas: true, selector, template, strategy: { type: true } },
  status: { ...replicas, conditions },
};

const statefulSet: Shape<StatefulSet> = {
  metadata,
  spec: {
    replicas: true,
    serviceName: true,
    selector,
    template,
    volumeClaimTemplates: { each: { metadata, spec: claimSpec } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: true, whenScaled: true },
  },
  status: { ...replicas, currentRevision: true, updateRevision: true },
};

const replicaSet: Shape<ReplicaSet> = { metadata, spec: { replicas: true } };

const claim: Shape<Claim> = {
  metadata,
  spec: claimSpec,
  status: {
    phase: true,
    accessModes: true,
    capacity: true,
    conditions,
    allocatedResourceStatuses: true,
  },
};

const volume: Shape<PersistentVolume> = {
  metadata,
  spec: {
    capacity: true,
    accessModes: true,
    storageClassName: true,
    persistentVolumeReclaimPolicy: true,
    claimRef: { namespace: true, name: true, uid: true },
    hostPath: { path: true },
    local: { path: true },
  },
  status: { phase: true, reason: true, message: true },
};

const storageClass: Shape<StorageClass> = {
  metadata,
  provisioner: true,
  reclaimPolicy: true,
  volumeBindingMode: true,
  allowVolumeExpansion: true,
};

const service: Shape<Service> = {
  metadata,
  spec: {
    type: true,
    clusterIP: true,
    externalName: true,
    selector: true,
    ports: { each: { name: true, port: true, targetPort: true, protocol: true } },
  },
};

const configMap: Shape<ConfigMap> = { metadata, data: true };

const event: Shape<Event> = {
  metadata,
  type: true,
  reason: true,
  message: true,
  count: true,
  firstTimestamp: true,
  lastTimestamp: true,
  eventTime: true,
  involvedObject: { kind: true, name: true, uid: true },
};

const milvus: Shape<MilvusResource> = {
  metadata,
  spec: { mode: true, components: true, dependencies: true, config: true },
  status: { status: true, conditions },
};

/** What is kept of each kind: the fields of the contract in helpers/topology/objects.ts, and no other. */
export const shapes: { readonly [K in Kind]: Shape<ObjectsByKind[K][number]> } = {
  Pod: pod,
  PersistentVolumeClaim: claim,
  PersistentVolume: volume,
  StorageClass: storageClass,
  Deployment: deployment,
  StatefulSet: statefulSet,
  ReplicaSet: replicaSet,
  Service: service,
  ConfigMap: configMap,
  Event: event,
  Milvus: milvus,
};
