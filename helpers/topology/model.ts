import type { Claim, Container, Metadata, Pod, PodSpec, Service } from './objects.ts';

/** Milvus roles, as `milvus run ROLE` names them; `mixture` is `mixcoord` here as in the chart. */
export const componentRoles = [
  'proxy',
  'mixcoord',
  'rootcoord',
  'querycoord',
  'datacoord',
  'indexcoord',
  'querynode',
  'datanode',
  'streamingnode',
  'indexnode',
  'standalone',
] as const;
export type ComponentRole = (typeof componentRoles)[number];

export type LogType = 'woodpecker' | 'kafka' | 'pulsar' | 'rocksmq' | 'natsmq';
export type StoreRole = 'metadata' | 'object' | 'log';
type Product = 'etcd' | 'minio' | 'local' | 's3' | LogType;

/** A Deployment, a StatefulSet, or a pod without a controller, in one shape. */
export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'Pod';
  readonly metadata: Metadata;
  /** Replicas asked for. */
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly updatedReplicas: number;
  readonly template: PodSpec;
  /** Labels that its pods get; a Service's selector is held against these. */
  readonly templateLabels: Readonly<Record<string, string>>;
  readonly claimTemplates: readonly ClaimTemplate[];
  /** Pods that its owner references lead to, by name. */
  readonly pods: readonly Pod[];
}

export interface ClaimTemplate {
  readonly name: string;
  readonly accessModes: readonly string[];
  readonly storageClassName: string | undefined;
  /** A Kubernetes quantity, for example `10Gi`. */
  readonly size: string | undefined;
}

export interface Component {
  readonly role: ComponentRole;
  readonly workload: Workload;
  /** The container that runs the role. */
  readonly container: Container;
  readonly image: string;
}

/** Where a store's configured address leads. */
export type Location =
  | {
      readonly kind: 'in-cluster';
      readonly services: readonly Service[];
      /** Workloads that those Services select, and those that these rely on (a broker's ZooKeeper, bookies). */
      readonly workloads: readonly Workload[];
    }
  | { readonly kind: 'external'; readonly addresses: readonly string[] }
  /** The address is a Service of this namespace, but no workload stands behind it, or no such Service exists. */
  | { readonly kind: 'missing'; readonly addresses: readonly string[]; readonly detail: string }
  /** Kept by the Milvus components themselves: embedded Woodpecker, rocksmq, natsmq, local object storage. */
  | { readonly kind: 'in-component'; readonly components: readonly Component[] };

/** A product that keeps bytes, those that a store relies on included. */
export type KeepingProduct = Product | 'zookeeper';

/** What is kept at a place; stable, checks and reports refer to it. */
export type DataId =
  | 'metadata'
  | 'object'
  /** Files of the component that writes the log: Woodpecker `local`, RocksMQ, NATS, Pulsar standalone. */
  | 'log.data'
  /** A replica of Woodpecker as a service. */
  | 'log.replica'
  /** MinIO, where only the log is in it. */
  | 'log.bucket'
  | 'log.broker'
  | 'log.zookeeper'
  | 'log.journal'
  | 'log.ledgers';

/** Where one workload keeps a store's bytes: what its container writes, and to which path. */
export interface DataPlace {
  readonly id: DataId;
  readonly product: KeepingProduct;
  /** What is kept there, in a user's words: `Pulsar bookie journal`. */
  readonly what: string;
  readonly workload: Workload;
  /** The container that writes it. */
  readonly container: Container;
  /** Absolute path in the container. */
  readonly path: string;
  /** What says that it is this path: `ETCD_DATA_DIR`, `woodpecker.storage.rootPath`, `default of the image`. */
  readonly pathFrom: string;
  readonly sharing: 'own' | 'shared';
}

/** A part that a store relies on and that is not among its workloads: external, or not there at all. */
export interface AbsentPart {
  readonly id: DataId;
  readonly product: KeepingProduct;
  readonly what: string;
  readonly state: 'external' | 'missing';
  /** What led there and what was found, as one sentence without a full stop. */
  readonly detail: string;
}

export interface Store {
  readonly role: StoreRole;
  readonly product: Product;
  readonly location: Location;
  /** Empty when another store carries the bytes, or when it is external or missing. */
  readonly data: readonly DataPlace[];
  readonly absent: readonly AbsentPart[];
  /** The configuration that led here, for example `minio.address is my-release-minio`. */
  readonly because: string;
}

/** Milvus' effective configuration: every layer merged, later wins; secrets already replaced. */
export interface Configuration {
  /** ConfigMap and keys it came from, for example `ConfigMap/my-release-milvus: default.yaml, user.yaml`. */
  readonly from: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Something that keeps the topology from being complete. What depends on it cannot be judged, so a check that does is
 * inconclusive rather than a pass.
 */
export interface Problem {
  readonly about: 'configuration' | 'log' | 'metadata';
  /** Object that it was seen on. */
  readonly subject: { readonly kind: string; readonly name: string };
  /** One sentence: what is wrong, and what to do. */
  readonly detail: string;
}

export interface Instance {
  readonly name: string;
  readonly namespace: string;
  readonly managedBy: 'helm' | 'operator' | 'manifest';
  readonly mode: 'cluster' | 'standalone';
  /** From the image tag, for example `2.6.2`; undefined when the tag is no version. */
  readonly version: string | undefined;
}

/** A claim that the workloads will use, whether it exists or not. */
export interface ExpectedClaim {
  readonly name: string;
  readonly workload: Workload;
  /** Pod that uses it (`my-release-etcd-0`), or undefined for one shared by all replicas. */
  readonly pod: string | undefined;
  readonly volumeName: string;
  readonly template: ClaimTemplate | undefined;
  /** The claim found under that name. */
  readonly claim: Claim | undefined;
}

/** One deployment of Milvus, understood: what runs, what it keeps, where. */
export interface Topology {
  readonly instance: Instance;
  readonly configuration: Configuration;
  readonly logType: LogType | undefined;
  readonly components: readonly Component[];
  readonly stores: readonly Store[];
  /** Every claim that this instance's workloads (components and in-cluster stores) name. */
  readonly expectedClaims: readonly ExpectedClaim[];
  /** Claims of the namespace that look like this instance's but that no workload names. */
  readonly orphanClaims: readonly Claim[];
  readonly problems: readonly Problem[];
}

/** What lies under a path in a container: the longest-prefix mount's volume. */
export type Backing =
  | { readonly kind: 'claim'; readonly volumeName: string; readonly mountPath: string }
  | { readonly kind: 'emptyDir'; readonly volumeName: string; readonly mountPath: string }
  | {
      readonly kind: 'hostPath';
      readonly volumeName: string;
      readonly mountPath: string;
      readonly path: string;
    }
  | { readonly kind: 'ephemeral-claim'; readonly volumeName: string; readonly mountPath: string }
  | {
      readonly kind: 'read-only';
      readonly volumeName: string;
      readonly mountPath: string;
      readonly source: string;
    }
  | {
      readonly kind: 'other';
      readonly volumeName: string;
      readonly mountPath: string;
      readonly source: string;
    }
  /** No mount covers the path: it is the container's own writable layer. */
  | { readonly kind: 'container-layer' };

/**
 * One thing that must be durable, and why. `sharing` says whether each replica needs a claim of its own
 * or all replicas need the same one (Woodpecker `local` in a cluster).
 */
export interface Requirement {
  /** A `DataId`. */
  readonly id: string;
  readonly store: StoreRole;
  readonly product: KeepingProduct;
  /** What is kept there, in a user's words: `Pulsar bookie journal`. */
  readonly what: string;
  readonly reason: string;
  readonly workload: Workload;
  readonly container: Container;
  /** Absolute path in the container. */
  readonly path: string;
  /** What says that it is this path. */
  readonly pathFrom: string;
  readonly sharing: 'own' | 'shared';
  readonly backing: Backing;
  /** The claims behind `backing`, one a replica (or one shared); empty when the backing is no claim. */
  readonly claims: readonly ExpectedClaim[];
}

/**
 * A store for which nothing in the cluster need be durable, and why: it is external, or another store carries it
 * (embedded Woodpecker with `minio` storage keeps its log in the bucket).
 */
export interface Exemption {
  readonly store: StoreRole;
  readonly product: KeepingProduct;
  readonly reason: string;
}

/** What must be durable, but nothing in the namespace keeps it. */
export interface MissingKeeper {
  /** A `DataId`, or `log` where the whole log is missing. */
  readonly id: string;
  readonly store: StoreRole;
  readonly product: KeepingProduct;
  readonly what: string;
  readonly reason: string;
}

export interface Requirements {
  readonly required: readonly Requirement[];
  readonly exempt: readonly Exemption[];
  readonly missing: readonly MissingKeeper[];
}
