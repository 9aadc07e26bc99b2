import { TopK } from './oracle/top-k.ts';

/** A neighbour, with its distance as Milvus reports it: squared for L2, the similarity itself for IP and COSINE. */
export interface Neighbour {
  readonly key: number;
  readonly distance: number;
}

export type DenseMetric = 'L2' | 'IP' | 'COSINE';

/** Vectors to search, packed: the vector of `keys[i]` starts at `i * dimension`. Not to be changed once searched. */
export interface VectorSet {
  readonly dimension: number;
  readonly keys: ArrayLike<number>;
  readonly vectors: Float32Array;
}

export interface SearchOptions<Metric> {
  readonly metric: Metric;
  /** By place in the set: 0 for a row that was deleted or that a filter leaves out. Without it, all are searched. */
  readonly allowed?: Uint8Array;
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
 * them in any order (`sameDistance`). By COSINE, a vector of zeros is at similarity 0 of every other.
 */
export function nearest(
  set: VectorSet,
  query: Float32Array,
  k: number,
  { metric, allowed }: SearchOptions<DenseMetric> = { metric: 'L2' },
): readonly Neighbour[] {
  const { keys } = set;
  const distance = distancesTo(set, query, metric);
  const found = new TopK(k, metric === 'L2' ? 'lowest' : 'highest');
  for (let row = 0; row < keys.length; row += 1) {
    if (allowed !== undefined && allowed[row] === 0) continue;
    found.offer(keys[row] ?? Number.NaN, distance(row));
  }
  return found.neighbours();
}

/** Gives the distance of the row at a place in the set to `query`, as `nearest` does. */
export function distancesTo(
  set: VectorSet,
  query: Float32Array,
  metric: DenseMetric,
): (row: number) => number {
  return kernels[metric](set, Float64Array.from(query));
}

/** Squared distance of `query` to the vector that starts at `offset` of `vectors`. */
export function squaredDistance(vectors: Float32Array, offset: number, query: ArrayLike<number>): number {
  return squaredDistanceOf(vectors, offset, Float64Array.from(query));
}

/**
 * Whether two distances count as one: within `tolerance`, as a share of the greater of them and 1. The seeded vectors
 * make float32 sums exact; one part in a million is left to servers that print fewer digits. Where sums are not
 * exact, `roundingOf` is the tolerance.
 */
export function sameDistance(left: number, right: number, tolerance = 1e-6): boolean {
  return Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(left), Math.abs(right));
}

/**
 * What float32 may make of a sum of so many terms, as a share of the sum of their sizes: each addition and each
 * product is off by up to 2^-24 (the bound of Higham, Accuracy and Stability of Numerical Algorithms, section 4.2).
 */
export function roundingOf(dimension: number): number {
  return Math.max(1e-6, (dimension + 2) * 2 ** -24);
}

type Kernel = (set: VectorSet, query: Float64Array) => (row: number) => number;

const kernels: Readonly<Record<DenseMetric, Kernel>> = {
  L2:
    ({ vectors, dimension }, query) =>
    (row) =>
      squaredDistanceOf(vectors, row * dimension, query),
  IP:
    ({ vectors, dimension }, query) =>
    (row) =>
      innerProduct(vectors, row * dimension, query),
  COSINE: (set, query) => {
    const squares = squaresOf(set);
    const ofQuery = Math.sqrt(innerProduct(Float32Array.from(query), 0, query));
    return (row) => {
      const product = Math.sqrt(squares[row] ?? 0) * ofQuery;
      return product === 0 ? 0 : innerProduct(set.vectors, row * set.dimension, query) / product;
    };
  },
};

// Four sums side by side: additions to one sum would wait for each other. The query is float64, which spares a
// conversion for each component. A third of the time of the plain loop.
function squaredDistanceOf(vectors: Float32Array, offset: number, query: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = query.length - (query.length % 4);
  for (let index = 0; index < whole; index += 4) {
    const a = (vectors[offset + index] ?? 0) - (query[index] ?? 0);
    const b = (vectors[offset + index + 1] ?? 0) - (query[index + 1] ?? 0);
    const c = (vectors[offset + index + 2] ?? 0) - (query[index + 2] ?? 0);
    const d = (vectors[offset + index + 3] ?? 0) - (query[index + 3] ?? 0);
    first += a * a;
    second += b * b;
    third += c * c;
    fourth += d * d;
  }
  for (let index = whole; index < query.length; index += 1) {
    const a = (vectors[offset + index] ?? 0) - (query[index] ?? 0);
    first += a * a;
  }
  return first + second + (third + fourth);
}

function innerProduct(vectors: Float32Array, offset: number, query: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = query.length - (query.length % 4);
  for (let index = 0; index < whole; index += 4) {
    first += (vectors[offset + index] ?? 0) * (query[index] ?? 0);
    second += (vectors[offset + index + 1] ?? 0) * (query[index + 1] ?? 0);
    third += (vectors[offset + index + 2] ?? 0) * (query[index + 2] ?? 0);
    fourth += (vectors[offset + index + 3] ?? 0) * (query[index + 3] ?? 0);
  }
  for (let index = whole; index < query.length; index += 1) {
    first += (vectors[offset + index] ?? 0) * (query[index] ?? 0);
  }
  return first + second + (third + fourth);
}

/** Squared lengths of the vectors, made once for a set: every query by COSINE needs them. */
export function squaresOf({ dimension, keys, vectors }: VectorSet): Float64Array {
  const known = squares.get(vectors);
  if (known !== undefined) return known;
  const made = Float64Array.from(keys, (_, row) => {
    const vector = vectors.subarray(row * dimension, (row + 1) * dimension);
    return innerProduct(vector, 0, Float64Array.from(vector));
  });
  squares.set(vectors, made);
  return made;
}

const squares = new WeakMap<Float32Array, Float64Array>();
