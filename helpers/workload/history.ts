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
  readonly complete: boolean;
  readonly stopped?: Stop;
}
