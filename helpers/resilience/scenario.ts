import type { ComponentRole, StoreRole } from '../topology/model.ts';
import { probes } from '../workload/load/record.ts';

/** Which pods are struck. */
export type Target =
  | { readonly kind: 'component'; readonly roles: readonly ComponentRole[]; readonly pick: 'one' | 'all' }
  /** A pod of a store in the cluster; `leader` is etcd's. For the log, its brokers or servers, and what they rely on. */
  | { readonly kind: 'store'; readonly store: StoreRole; readonly pick: 'one' | 'all' | 'leader' }
  /** Every pod of every Milvus component. */
  | { readonly kind: 'milvus' };

/** What is done to them, with nothing but Kubernetes rights. */
export type Fault =
  /** `graceSeconds` 0 kills; without it, the pod's own grace period. `times`: again, once it is replaced. */
  | {
      readonly kind: 'delete-pods';
      readonly graceSeconds?: 0;
      readonly times?: number;
      readonly everyMs?: number;
    }
  /** Ends the container's main program; the pod and its emptyDirs stay. */
  | { readonly kind: 'kill-container' }
  /** As `kubectl rollout restart`. */
  | { readonly kind: 'restart-rollout' }
  /** To no replica and, after this long, back. */
  | { readonly kind: 'scale-to-zero'; readonly downMs: number }
  /** Honours disruption budgets. */
  | { readonly kind: 'evict' };
export type FaultKind = Fault['kind'];

/** When it is done. */
export const timings = ['steady', 'flush', 'index build', 'load', 'delete burst'] as const;
export type Timing = (typeof timings)[number];

/** What has a budget: each operation, and `pods`: until every struck pod is replaced and Ready. */
export const budgetNames = [...probes, 'pods'] as const;

/** How long an operation may be away in all, in ms; 0: it must not fail even once. Without one, as long as it likes. */
export type Budgets = Readonly<Partial<Record<(typeof budgetNames)[number], number>>>;

/** One experiment, as data. */
export interface Scenario {
  /** `querynode-kill`; what is typed and what the reports name. */
  readonly name: string;
  /** What is done and what must hold, in one sentence. */
  readonly summary: string;
  readonly targets: readonly Target[];
  readonly fault: Fault;
  readonly timing: Timing;
  /** What may be away for how long where each struck workload has one replica. */
  readonly budgets: Budgets;
  /** The same where another replica stays; without it, as `budgets`. */
  readonly budgetsWithReplicas?: Budgets;
}

/** A pod that is struck. */
export interface Victim {
  readonly name: string;
  readonly uid: string;
  /** A component's role or a store's product. */
  readonly part: string;
  readonly workload: { readonly kind: 'Deployment' | 'StatefulSet' | 'Pod'; readonly name: string };
  /** The container that runs the role, or keeps the store's bytes. */
  readonly container: string;
}
