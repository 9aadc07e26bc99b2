import type { MilvusTarget } from '../../milvus/target.ts';
import type { Recorder } from '../recorder.ts';
import type { LedgerKeys } from './ledger-keys.ts';
import type { Probe } from './record.ts';

/** How much the load writes. How often each probe calls, and so how finely an outage is seen, is in `pace.ts`. */
export const loadLevels = ['light', 'steady', 'heavy'] as const;
export type LoadLevel = (typeof loadLevels)[number];

/** Sizes that the judges must know to compute what is right; kept in the history's folder. */
export interface LoadPlan {
  readonly seed: number;
  readonly level: LoadLevel;
  readonly dimension: number;
  /** Still rows: keys 0 to `stillRows - 1`, generation 0, as `ledgerRow` makes them; FLAT, L2. */
  readonly stillRows: number;
  /** Of these the first so many are flushed; the others stay growing. */
  readonly flushedRows: number;
  /** Hits that a search asks for. */
  readonly k: number;
  /** ms that one call may take. */
  readonly callTimeoutMs: number;
  readonly collections: {
    readonly still: string;
    readonly ledger: string;
    /** Begins the names of the collections that `ddl` makes. */
    readonly scratch: string;
  };
}

export interface LoadSettings {
  readonly target: MilvusTarget;
  readonly recorder: Recorder;
  readonly plan: LoadPlan;
  /** What was written to the ledger so far: the same from `prepareLoad` to `verifyLoad`. */
  readonly keys: LedgerKeys;
  /** Aborting it cancels what is in flight. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** How a probe does, as of now. */
export interface ProbeState {
  readonly probe: Probe;
  /** Calls that returned. */
  readonly calls: number;
  /** When the last right answer returned, and the last that was not right; ms of the history. */
  readonly lastRightAt: number | undefined;
  readonly lastBadAt: number | undefined;
  /** Why the last bad one was. */
  readonly lastBad: string | undefined;
  /** How long the oldest call under way has had no answer; 0 where none is. */
  readonly unansweredMs: number;
}

/** A load under way. */
export interface RunningLoad {
  states(): readonly ProbeState[];
  /** Ends it: no new call; resolves when those in flight have returned. */
  stop(): Promise<void>;
}
