import { ownPrefix } from './own-names.ts';
import type { QuerySource } from './round-trip-record.ts';
import { queryVector, rowOf } from './seeded.ts';

/**
 * What a round trip writes and asks. Rows are more than the 1,024 below which Milvus leaves a segment without an
 * index (`dataCoord.segment.minSegmentNumRowsToEnableIndex`).
 */
export const plan = {
  dimension: 32,
  rows: 1200,
  rowsPerInsert: 300,
  k: 10,
  /** Of each ten rows, one is deleted. */
  deleteEvery: 10,
  keysPerQuery: 400,
  /** ms that a flush, an index build or a load may take, if the run's budget leaves as much. */
  waitBudgetMs: 60_000,
} as const;

export const keyField = 'id';
export const labelField = 'label';
export const vectorField = 'vector';

/** Keys from 1. */
export const writtenKeys: readonly number[] = Array.from({ length: plan.rows }, (_, index) => index + 1);
export const deletedKeys: readonly number[] = writtenKeys.filter((key) => key % plan.deleteEvery === 0);
export const neverWrittenKeys: readonly number[] = [
  0,
  ...Array.from({ length: 20 }, (_, i) => plan.rows + 1 + i),
];

/** A search for a stored vector must find its row at distance 0; a fresh one lies between rows. */
export const queries: readonly QuerySource[] = [
  ...[1, 150, 301, 600, 900, 1200].map((number) => ({ kind: 'row' as const, number })),
  ...[1, 2, 3, 4, 5, 6].map((number) => ({ kind: 'fresh' as const, number })),
];

/** Among them rows that were deleted: each must now be missing from its own neighbourhood. */
export const queriesAfterDelete: readonly QuerySource[] = [
  ...[10, 600, 1200, 301].map((number) => ({ kind: 'row' as const, number })),
  ...[1, 2].map((number) => ({ kind: 'fresh' as const, number })),
];

export function vectorOfQuery(seed: number, query: QuerySource, dimension: number): Float32Array {
  return query.kind === 'row'
    ? rowOf(seed, query.number, dimension).vector
    : queryVector(seed, query.number, dimension);
}

export function roundTripCollection(runId: string): string {
  return `${ownPrefix(runId)}_roundtrip`;
}
