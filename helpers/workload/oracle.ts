/** A neighbour: `distance` is the squared Euclidean distance, as Milvus reports metric L2. */
export interface Neighbour {
  readonly key: number;
  readonly distance: number;
}

/** Vectors to search, packed: the vector of `keys[i]` starts at `i * dimension`. */
export interface VectorSet {
  readonly dimension: number;
  readonly keys: readonly number[];
  readonly vectors: Float32Array;
}

export function packVectors(
  dimension: number,
  rows: readonly { readonly id: number; readonly vector: Float32Array }[],
): VectorSet {
  const vectors = new Float32Array(rows.length * dimension);
  for (const [index, row] of rows.entries()) vectors.set(row.vector, index * dimension);
  return { dimension, keys: rows.map((row) => row.id), vectors };
}

/**
 * The exact `min(k, rows)` nearest rows by brute force, nearest first. Distances are summed in float64 from the
 * stored float32 components. Ties: rows at the same distance are in the order of their keys; a server may give
 * them in any order (`sameDistance`).
 */
export function nearest(set: VectorSet, query: Float32Array, k: number): readonly Neighbour[] {
  const found: Neighbour[] = [];
  for (const [index, key] of set.keys.entries()) {
    const distance = squaredDistance(set.vectors, index * set.dimension, query);
    const last = found[k - 1];
    if (last !== undefined && !before({ key, distance }, last)) continue;
    insertSorted(found, { key, distance });
    found.length = Math.min(found.length, k);
  }
  return found;
}

/** Squared distance of `query` to the vector that starts at `offset` of `vectors`. */
export function squaredDistance(vectors: Float32Array, offset: number, query: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < query.length; index += 1) {
    const difference = (vectors[offset + index] ?? Number.NaN) - (query[index] ?? Number.NaN);
    sum += difference * difference;
  }
  return sum;
}

/**
 * Whether two distances count as one. The seeded vectors make float32 sums exact; one part in a million is left
 * to servers that print fewer digits.
 */
export function sameDistance(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-6 * Math.max(1, Math.abs(left), Math.abs(right));
}

function before(left: Neighbour, right: Neighbour): boolean {
  return left.distance < right.distance || (left.distance === right.distance && left.key < right.key);
}

function insertSorted(found: Neighbour[], neighbour: Neighbour): void {
  let position = found.length;
  for (let other = found[position - 1]; other !== undefined && before(neighbour, other); ) {
    position -= 1;
    other = found[position - 1];
  }
  found.splice(position, 0, neighbour);
}
