import type { Metric } from '../../../workload/scenarios/scenario.ts';
import type { Value } from '../../../workload/scenarios/values.ts';

/** Whether the higher score is the nearer row. */
export function higherIsNearer(metric: Metric): boolean {
  return metric === 'IP' || metric === 'COSINE';
}

/** The score of two vectors as Milvus reports it: L2 squared; a sparse vector is its entries, a binary one its bytes. */
export function score(metric: Metric, left: Value, right: Value): number {
  switch (metric) {
    case 'L2':
      return sum(left, right, (one, other) => (one - other) ** 2);
    case 'IP':
      return dot(left, right);
    case 'COSINE':
      return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
    case 'HAMMING':
      return sum(left, right, (one, other) => ones(one ^ other));
    case 'JACCARD': {
      const either = sum(left, right, (one, other) => ones(one | other));
      return either === 0 ? 0 : 1 - sum(left, right, (one, other) => ones(one & other)) / either;
    }
  }
}

/** Whether two scores count as one: float32 keeps seven digits, and a root and a quotient lose some of them. */
export function sameScore(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-5 * Math.max(1, Math.abs(left), Math.abs(right));
}

function dot(left: Value, right: Value): number {
  return sum(left, right, (one, other) => one * other);
}

/** Sums over the components of `left`; what a vector lacks is 0. */
function sum(left: Value, right: Value, term: (one: number, other: number) => number): number {
  let total = 0;
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let index = 0; index < left.length; index += 1)
      total += term(Number(left[index]), Number(right[index]));
    return total;
  }
  if (!isSparse(left) || !isSparse(right)) return Number.NaN;
  for (const [index, value] of Object.entries(left)) total += term(Number(value), Number(right[index] ?? 0));
  return total;
}

function isSparse(vector: Value): vector is { [index: string]: Value } {
  return typeof vector === 'object' && vector !== null && !Array.isArray(vector);
}

function ones(byte: number): number {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
