import type { Claim, LimitRange, Node, ResourceQuota, StorageClass } from './objects.ts';
import type { NamedObject } from './observation.ts';

/** One kind as the API server listed it, or its refusal in its own words. */
export type Asked<T> =
  | { readonly state: 'read'; readonly items: readonly T[] }
  | { readonly state: 'refused'; readonly status: number; readonly message: string };

/** One right, asked for by a SelfSubjectAccessReview. */
export interface AskedRight {
  /** `create statefulsets.apps in the namespace milvus`. */
  readonly text: string;
  /** What is lost without it. */
  readonly purpose: string;
  /** Without it nothing can be judged, or the manifest cannot be applied. */
  readonly required: boolean;
  readonly allowed: boolean;
}

/** An object that is there already, and the Helm release that it says it is of. */
export interface PresentObject extends NamedObject {
  readonly release: string | undefined;
}

/** What the pods of one node ask for. CPU in cores, memory in bytes. */
export interface NodeUse {
  readonly node: string;
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

/** What a cluster said before an install. Plain data without secrets, saved with the observation. */
export interface Preflight {
  readonly namespace:
    | { readonly state: 'found'; readonly labels: Readonly<Record<string, string>> }
    | { readonly state: 'absent' }
    | { readonly state: 'refused'; readonly message: string };
  readonly rights: readonly AskedRight[];
  readonly storageClasses: Asked<StorageClass>;
  readonly quotas: Asked<ResourceQuota>;
  readonly limitRanges: Asked<LimitRange>;
  readonly nodes: Asked<Node>;
  /** By node; of every pod of the cluster that was scheduled and has not ended. */
  readonly used: Asked<NodeUse>;
  readonly claims: Asked<Claim>;
  /** Of the kinds that the manifest makes; and what the server said to those that it refused to list. */
  readonly present: { readonly items: readonly PresentObject[]; readonly refused: readonly string[] };
}
