import { ownPrefix } from '../own-names.ts';
import type { LoadLevel, LoadPlan } from './contract.ts';

export interface LoadChoice {
  readonly seed: number;
  readonly level: LoadLevel;
  /** Becomes part of the collections' names. */
  readonly runId: string;
  /** ms that one call may take; 5 s without it. */
  readonly callTimeoutMs?: number;
}

/**
 * Sizes of a load. Of the still rows more are flushed than the 1,024 below which Milvus leaves a segment without an
 * index (`dataCoord.segment.minSegmentNumRowsToEnableIndex`); with 32 dimensions float32 distances are exact.
 */
export function planLoad({ seed, level, runId, callTimeoutMs = 5000 }: LoadChoice): LoadPlan {
  const prefix = ownPrefix(runId);
  return {
    seed,
    level,
    dimension: 32,
    stillRows: 2000,
    flushedRows: 1500,
    k: 10,
    callTimeoutMs,
    collections: {
      still: `${prefix}_still`,
      ledger: `${prefix}_ledger`,
      scratch: `${prefix}_scratch`,
    },
  };
}
