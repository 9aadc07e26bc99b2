import { ledgerRow, type LedgerRow } from './ledger/row.ts';
import { nearest, packVectors, type Neighbour } from './oracle.ts';

/** The suite's own collection that is left in place over an upgrade. Everything in it follows from this. */
export interface CanaryOfSeed {
  readonly seed: number;
  readonly dimension: number;
  /** Keys from 0. */
  readonly rows: number;
}

/**
 * Sizes of a canary: more rows are flushed than the 1,024 below which Milvus leaves a segment without an index; the
 * last ones are left to the log. With 32 dimensions float32 distances are exact.
 */
export const canarySizes = { dimension: 32, rows: 2000, flushed: 1600, k: 10 } as const;

/** Of each ten rows one is deleted, of each seven one is upserted: some flushed, some growing. */
const deleteEvery = 10;
const upsertEvery = 7;

/** Query numbers: keys whose vectors are searched for; among them rows that were deleted. */
export const canaryQueries: readonly number[] = [0, 3, 14, 777, 1599, 1600, 1993, 1999];

export function canaryKeys({ rows }: Pick<CanaryOfSeed, 'rows'>): readonly number[] {
  return Array.from({ length: rows }, (_, key) => key);
}

export function isDeleted(key: number): boolean {
  return key % deleteEvery === 3;
}

export function isUpserted(key: number): boolean {
  return key % upsertEvery === 2;
}

/** The row as it was written first: generation 0, or that of the upsert. */
export function writtenRow({ seed, dimension }: CanaryOfSeed, key: number, generation: 0 | 1): LedgerRow {
  return ledgerRow(seed, key, generation, dimension);
}

/** The row that must be there; undefined for one that was deleted. */
export function standingRow(canary: CanaryOfSeed, key: number): LedgerRow | undefined {
  return isDeleted(key) ? undefined : writtenRow(canary, key, isUpserted(key) ? 1 : 0);
}

/** The vector that a query searches for: that of the row as it was written first. */
export function canaryQuery(canary: CanaryOfSeed, query: number): Float32Array {
  return Float32Array.from(writtenRow(canary, query, 0).vector);
}

/** The exact answer of each query, L2. */
export function canaryAnswers(canary: CanaryOfSeed): ReadonlyMap<number, readonly Neighbour[]> {
  const rows = canaryKeys(canary).flatMap((key) => {
    const row = standingRow(canary, key);
    return row === undefined ? [] : [{ id: key, vector: Float32Array.from(row.vector) }];
  });
  const set = packVectors(canary.dimension, rows);
  return new Map(
    canaryQueries.map((query) => [query, nearest(set, canaryQuery(canary, query), canarySizes.k)]),
  );
}
