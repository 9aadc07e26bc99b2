import {
  type DenseMetric,
  nearest,
  type Neighbour,
  type SearchOptions,
  squaresOf,
  type VectorSet,
} from '../oracle.ts';
import { TopK } from './top-k.ts';

/** Queries for which the vectors are read once. More of them no longer fit into a processor's registers. */
const atOnce = 4;

/**
 * The answers of `nearest` for each of many queries, faster for four and more: each pass over the vectors serves four
 * of them. L2 is made of inner products, so that where float64 sums are not exact, distances are off by some 1e-13 of
 * the vectors' squared lengths.
 */
export function nearestOfEach(
  set: VectorSet,
  queries: readonly Float32Array[],
  k: number,
  options: SearchOptions<DenseMetric> = { metric: 'L2' },
): readonly (readonly Neighbour[])[] {
  const whole = queries.length - (queries.length % atOnce);
  const answers: (readonly Neighbour[])[] = [];
  for (let from = 0; from < whole; from += atOnce) {
    answers.push(...nearestOfFour(set, queries.slice(from, from + atOnce), k, options));
  }
  return [...answers, ...queries.slice(whole).map((query) => nearest(set, query, k, options))];
}

function nearestOfFour(
  set: VectorSet,
  queries: readonly Float32Array[],
  k: number,
  { metric, allowed }: SearchOptions<DenseMetric>,
): readonly (readonly Neighbour[])[] {
  const { dimension, keys, vectors } = set;
  const interleaved = interleave(queries, dimension);
  const distance = distances[metric];
  const squares = squaresOf(set);
  const own = queries.map((query) => query.reduce((sum, value) => sum + value * value, 0));
  const found = queries.map(() => new TopK(k, metric === 'L2' ? 'lowest' : 'highest'));
  const products = new Float64Array(atOnce);
  for (let row = 0; row < keys.length; row += 1) {
    if (allowed !== undefined && allowed[row] === 0) continue;
    multiply(vectors, row * dimension, interleaved, products);
    for (let query = 0; query < atOnce; query += 1) {
      const value = distance(products[query] ?? 0, squares[row] ?? 0, own[query] ?? 0);
      found[query]?.offer(keys[row] ?? Number.NaN, value);
    }
  }
  return found.map((each) => each.neighbours());
}

/** From the inner product of two vectors and the squares of their lengths. */
const distances: Readonly<Record<DenseMetric, (product: number, left: number, right: number) => number>> = {
  L2: (product, left, right) => Math.max(0, left + right - 2 * product),
  IP: (product) => product,
  COSINE: (product, left, right) => {
    const lengths = Math.sqrt(left) * Math.sqrt(right);
    return lengths === 0 ? 0 : product / lengths;
  },
};

/** Component by component, those of all queries side by side: memory is then read in order. */
function interleave(queries: readonly Float32Array[], dimension: number): Float64Array {
  const interleaved = new Float64Array(dimension * atOnce);
  for (const [place, query] of queries.entries()) {
    for (const [index, value] of query.entries()) interleaved[index * atOnce + place] = value;
  }
  return interleaved;
}

function multiply(
  vectors: Float32Array,
  offset: number,
  queries: Float64Array,
  products: Float64Array,
): void {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let index = offset, place = 0; place < queries.length; index += 1, place += atOnce) {
    const component = vectors[index] ?? 0;
    first += component * (queries[place] ?? 0);
    second += component * (queries[place + 1] ?? 0);
    third += component * (queries[place + 2] ?? 0);
    fourth += component * (queries[place + 3] ?? 0);
  }
  products[0] = first;
  products[1] = second;
  products[2] = third;
  products[3] = fourth;
}
