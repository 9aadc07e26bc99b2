/**
 * What was done and what came of it, on one monotonic clock. Appended to `history.jsonl` as it happens, one JSON
 * object a line, so that a killed run keeps what it had.
 */
export type Outcome =
  | { readonly state: 'ok'; readonly value: unknown }
  /** Certainly not applied: a deterministic refusal. */
  | { readonly state: 'fail'; readonly code: string; readonly message: string }
  /**
   * May have been applied. `answered`: the server itself said that something went wrong, in words that prove
   * neither; without it, there was no answer: a time-out or a cut connection.
   */
  | { readonly state: 'unknown'; readonly code: string; readonly message: string; readonly answered?: true };

export interface Operation {
  readonly type: 'operation';
  readonly id: number;
  /** The Milvus call, for example `insert`. */
  readonly call: string;
  /** What this operation is in the scenario, for example `search after load`. */
  readonly step: string;
  /** Plain description of the request: collection, keys, counts. Never vectors or secrets. */
  readonly request: Readonly<Record<string, unknown>>;
  /** ms since the start of the history. */
  readonly calledAt: number;
  readonly returnedAt: number;
  readonly outcome: Outcome;
}

/** First line of the file. */
export interface HistoryHeader {
  readonly type: 'header';
  readonly schemaVersion: 1;
  readonly workload: string;
  readonly seed: number;
  /** RFC 3339; `calledAt: 0`. */
  readonly startedAt: string;
  readonly collection: string;
  /** Names of the scenarios that were to be run after the round trip (`gate --thorough`). */
  readonly scenarios?: readonly string[];
}

/** What a container of a pod showed. */
export interface ContainerState {
  readonly name: string;
  /** RFC 3339, by the node's clock; absent while it does not run. */
  readonly startedAt?: string;
  readonly restarts: number;
  readonly running: boolean;
}

/** A pod at one moment, as the API server told it. */
export interface PodState {
  readonly name: string;
  /** A pod that is replaced under its old name has another one. */
  readonly uid: string;
  /** What it is part of: a component's role (`querynode`), or a store's product (`etcd`, `kafka`). */
  readonly part: string;
  readonly phase: string;
  /** Has a node. */
  readonly scheduled: boolean;
  readonly ready: boolean;
  /** Its deletion was asked for. */
  readonly deleting: boolean;
  readonly containers: readonly ContainerState[];
}

/** Parts of a run that the timeline and the judges tell apart, in the order in which they begin. */
export const phases = [
  /** Collections are made and filled, the load starts. */
  'prepare',
  /** The load runs and all is right: what the fault is compared with. */
  'steady',
  /** The fault is under way. */
  'fault',
  /** The fault is over; the way back. */
  'recovery',
  /** Every operation was right for a while; it must stay so. */
  'quiet',
  /** The load has ended; each row and search is looked at once more. */
  'verify',
] as const;
type Phase = (typeof phases)[number];

/** Something that happened to the cluster or to the run, beside its operations. */
export type Happening =
  | { readonly kind: 'phase'; readonly phase: Phase }
  /** `seen`: it was there when the watch began, or began again. */
  | {
      readonly kind: 'pod';
      readonly change: 'seen' | 'added' | 'modified' | 'deleted';
      readonly pod: PodState;
    }
  /** `text` says what, to which pods, in a user's words. */
  | {
      readonly kind: 'fault';
      readonly step: 'begin' | 'done' | 'failed' | 'undone';
      readonly text: string;
      readonly pods: readonly Pick<PodState, 'name' | 'uid' | 'part'>[];
    }
  /** The suite itself stood still this long, in ms, until now: what it measured meanwhile is its own. */
  | { readonly kind: 'lag'; readonly lagMs: number }
  /** The watch of the pods was cut, or goes on. */
  | { readonly kind: 'watch'; readonly state: 'cut' | 'resumed'; readonly text: string };

/** One of them with its time, in ms since the start of the history. */
export interface HistoryEvent {
  readonly type: 'event';
  readonly at: number;
  readonly happening: Happening;
}

/** Why the steps after `step` were not run. */
export interface Stop {
  readonly step: string;
  readonly reason: string;
}

/** Last line: without it the run was cut short. */
export interface HistoryEnd {
  readonly type: 'end';
  readonly at: number;
  readonly stopped?: Stop;
}

export interface History {
  readonly header: HistoryHeader;
  readonly operations: readonly Operation[];
  /** In the order of their times. */
  readonly events: readonly HistoryEvent[];
  readonly complete: boolean;
  readonly stopped?: Stop;
}
