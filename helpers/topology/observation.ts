import type {
  Claim,
  ConfigMap,
  Deployment,
  Event,
  MilvusResource,
  PersistentVolume,
  Pod,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from './objects.ts';
import type { Preflight } from './preflight.ts';

/** Every kind that is read, once per run. The keys are the Kubernetes kinds. */
export interface ObjectsByKind {
  readonly Pod: readonly Pod[];
  readonly PersistentVolumeClaim: readonly Claim[];
  readonly PersistentVolume: readonly PersistentVolume[];
  readonly StorageClass: readonly StorageClass[];
  readonly Deployment: readonly Deployment[];
  readonly StatefulSet: readonly StatefulSet[];
  readonly ReplicaSet: readonly ReplicaSet[];
  readonly Service: readonly Service[];
  readonly ConfigMap: readonly ConfigMap[];
  readonly Event: readonly Event[];
  readonly Milvus: readonly MilvusResource[];
}

export type Kind = keyof ObjectsByKind;

export const kinds = [
  'Pod',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'Service',
  'ConfigMap',
  'Event',
  'Milvus',
] as const satisfies readonly Kind[];

/**
 * How reading one kind went. `absent`: the server does not know the kind (no operator installed, say).
 * `refused`: an empty list that must not be taken for "there are none"; `message` is the API server's own;
 * status 0 where there was no server to ask (a manifest, a recording that lacks the kind).
 */
export type Read =
  | { readonly state: 'read'; readonly requests: number; readonly durationMs: number }
  | { readonly state: 'absent' }
  | { readonly state: 'refused'; readonly status: number; readonly message: string };

/** What an endpoint said when it was asked once. */
export type Answer<T> =
  | { readonly state: 'answered'; readonly value: T }
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'unasked'; readonly reason: string };

/** One etcd member's own view, from its HTTP gateway (`/v3/maintenance/status` and neighbours). */
export interface EtcdMember {
  readonly memberId: string;
  readonly clusterId: string;
  /** Member id of the leader this member follows; `0` when it has none. */
  readonly leaderId: string;
  readonly version: string;
  /** Bytes on disk. */
  readonly databaseSize: number;
  /** Names of all members it knows of. */
  readonly members: readonly string[];
  /** Alarm names, for example `NOSPACE`. */
  readonly alarms: readonly string[];
}

/** MinIO's own health endpoints on one pod. */
export interface MinioHealth {
  /** HTTP status of `/minio/health/live`. */
  readonly live: number;
  /** HTTP status of `/minio/health/cluster`: 200 with write quorum, 503 without. */
  readonly cluster: number;
}

/** A Milvus pod's metrics port (9091). */
export interface ComponentHealth {
  /** HTTP status of `/healthz`. */
  readonly status: number;
  /** State as in `/healthz`, for example `OK` or a reason. */
  readonly body: string;
  /** `wal_name` of the metric `milvus_wal_info`, where the component publishes it. */
  readonly walName?: string;
}

/** What the Milvus API said of itself, through the proxy. */
export interface MilvusServer {
  readonly version: string;
  readonly healthy: boolean;
  /** Reasons from CheckHealth. */
  readonly reasons: readonly string[];
  /** GetComponentStates: role and state code name, for example `Healthy`. */
  readonly componentStates: readonly {
    readonly role: string;
    readonly node: string;
    readonly state: string;
  }[];
}

export interface Bucket {
  readonly name: string;
  readonly exists: boolean;
}

/** What running endpoints answered; keys of the records are pod names. */
export interface Endpoints {
  readonly etcd: Readonly<Record<string, Answer<EtcdMember>>>;
  readonly minio: Readonly<Record<string, Answer<MinioHealth>>>;
  readonly components: Readonly<Record<string, Answer<ComponentHealth>>>;
  readonly milvus: Answer<MilvusServer>;
  readonly bucket: Answer<Bucket>;
}

/** An object as a manifest names it. */
export interface NamedObject {
  readonly kind: string;
  readonly name: string;
}

/** What only a manifest has: where its objects stand, and what it says beside the objects of the judged namespace. */
export interface ManifestFacts {
  readonly files: readonly string[];
  /** `Kind/name` to `file:line`. */
  readonly places: Readonly<Record<string, string>>;
  /** Objects that go into another namespace. */
  readonly elsewhere: readonly (NamedObject & { readonly namespace: string; readonly place: string })[];
  /** Objects that stand there more than once; the last counts, as it does for `kubectl apply`. */
  readonly repeated: readonly (NamedObject & { readonly places: readonly string[] })[];
  /** What a manifest cannot tell, or what nobody will accept: a resource of the operator, and what of it. */
  readonly unclear: readonly (NamedObject & {
    readonly state: 'unknown' | 'refused';
    readonly detail: string;
  })[];
}

/** How the objects came here. `embedded` is a simulation, and every page says so. */
export type Source =
  | { readonly kind: 'cluster'; readonly context: string; readonly kubernetes: string }
  | { readonly kind: 'embedded'; readonly layout: string; readonly kubernetes: string }
  | { readonly kind: 'recording'; readonly name: string }
  | { readonly kind: 'manifest'; readonly file: string };

/**
 * Everything that was seen, as plain data without secrets. Checks read it and never call the API again;
 * saved as `observation.json` and judged again with `--from`.
 */
export interface Observation {
  readonly schemaVersion: 1;
  /** RFC 3339. Ages and windows are judged against it, not against the judge's clock. */
  readonly takenAt: string;
  readonly source: Source;
  readonly namespace: string;
  readonly objects: ObjectsByKind;
  readonly reads: Readonly<Record<Kind, Read>>;
  /** Absent where only objects were read (a recording). */
  readonly endpoints?: Endpoints;
  /** Present for a manifest that no cluster was asked about. */
  readonly manifest?: ManifestFacts;
  /** Present where a cluster was asked before an install; the objects are then those that are to be installed. */
  readonly preflight?: Preflight;
}

/** No objects of any kind. */
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

/** How reading went, told kind by kind. */
export function readsOfEach(read: (kind: Kind) => Read): Readonly<Record<Kind, Read>> {
  return {
    Pod: read('Pod'),
    PersistentVolumeClaim: read('PersistentVolumeClaim'),
    PersistentVolume: read('PersistentVolume'),
    StorageClass: read('StorageClass'),
    Deployment: read('Deployment'),
    StatefulSet: read('StatefulSet'),
    ReplicaSet: read('ReplicaSet'),
    Service: read('Service'),
    ConfigMap: read('ConfigMap'),
    Event: read('Event'),
    Milvus: read('Milvus'),
  };
}
