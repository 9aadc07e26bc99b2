import type { Neighbour } from '../oracle.ts';
import { TopK } from './top-k.ts';

/** A sparse vector: a value for each of some dimensions, each once. */
export interface SparseVector {
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Sparse vectors, packed: the entries of `keys[i]` are those from `starts[i]` up to `starts[i + 1]`. */
export interface SparseSet {
  readonly keys: ArrayLike<number>;
  readonly starts: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

export function packSparse(
  rows: readonly { readonly id: number; readonly vector: SparseVector }[],
): SparseSet {
  const starts = new Uint32Array(rows.length + 1);
  for (const [row, { vector }] of rows.entries())
    starts[row + 1] = (starts[row] ?? 0) + vector.indices.length;
  const indices = new Uint32Array(starts[rows.length] ?? 0);
  const values = new Float32Array(indices.length);
  for (const [row, { vector }] of rows.entries()) {
    indices.set(vector.indices, starts[row]);
    values.set(vector.values, starts[row]);
  }
  return { keys: rows.map(({ id }) => id), starts, indices, values };
}

/**
 * The rows of the highest inner product, as `nearest` gives them. A row that shares no dimension with the query is no
 * hit, as in Milvus, whose sparse index never meets it; so there may be fewer than `k`.
 */
export function nearestSparse(
  set: SparseSet,
  query: SparseVector,
  k: number,
  allowed?: Uint8Array,
): readonly Neighbour[] {
  const product = productsWith(set, query);
  const found = new TopK(k, 'highest');
  for (let row = 0; row < set.keys.length; row += 1) {
    if (allowed !== undefined && allowed[row] === 0) continue;
    const value = product(row);
    if (value !== undefined) found.offer(set.keys[row] ?? Number.NaN, value);
  }
  return found.neighbours();
}

/** Gives the inner product of the row at a place in the set with `query`; undefined where they share no dimension. */
export function productsWith(set: SparseSet, query: SparseVector): (row: number) => number | undefined {
  const weights = new Map(
    Array.from(query.indices, (index, place) => [index, Math.fround(query.values[place] ?? 0)]),
  );
  return (row) => {
    let sum = 0;
    let isShared = false;
    const end = set.starts[row + 1] ?? 0;
    for (let entry = set.starts[row] ?? 0; entry < end; entry += 1) {
      const weight = weights.get(set.indices[entry] ?? -1);
      if (weight === undefined) continue;
      sum += weight * (set.values[entry] ?? 0);
      isShared = true;
    }
    return isShared ? sum : undefined;
  };
}
