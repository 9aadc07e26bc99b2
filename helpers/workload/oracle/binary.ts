import type { Neighbour, SearchOptions } from '../oracle.ts';
import { TopK } from './top-k.ts';

export type BinaryMetric = 'HAMMING' | 'JACCARD';

/** Binary vectors, packed: the bytes of `keys[i]` start at `i * dimension / 8`. */
export interface BinarySet {
  /** Bits; a multiple of 8. */
  readonly dimension: number;
  readonly keys: ArrayLike<number>;
  readonly bytes: Uint8Array;
}

/**
 * The exact nearest rows, as `nearest` gives them. HAMMING: how many bits differ. JACCARD: the share of the bits set
 * in either that are not set in both; 0 where neither has any.
 */
export function nearestBinary(
  set: BinarySet,
  query: Uint8Array,
  k: number,
  { metric, allowed }: SearchOptions<BinaryMetric>,
): readonly Neighbour[] {
  const distance = binaryDistancesTo(set, query, metric);
  const found = new TopK(k, 'lowest');
  for (let row = 0; row < set.keys.length; row += 1) {
    if (allowed !== undefined && allowed[row] === 0) continue;
    found.offer(set.keys[row] ?? Number.NaN, distance(row));
  }
  return found.neighbours();
}

/** Gives the distance of the row at a place in the set to `query`, as `nearestBinary` does. */
export function binaryDistancesTo(
  { dimension, bytes }: BinarySet,
  query: Uint8Array,
  metric: BinaryMetric,
): (row: number) => number {
  const distance = metric === 'HAMMING' ? hamming : jaccard;
  return (row) => distance(bytes, (row * dimension) / 8, query);
}

function hamming(bytes: Uint8Array, offset: number, query: Uint8Array): number {
  let differing = 0;
  for (let index = 0; index < query.length; index += 1) {
    differing += ones[(bytes[offset + index] ?? 0) ^ (query[index] ?? 0)] ?? 0;
  }
  return differing;
}

function jaccard(bytes: Uint8Array, offset: number, query: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let index = 0; index < query.length; index += 1) {
    const left = bytes[offset + index] ?? 0;
    const right = query[index] ?? 0;
    both += ones[left & right] ?? 0;
    either += ones[left | right] ?? 0;
  }
  return either === 0 ? 0 : 1 - both / either;
}

/** How many bits of a byte are set. */
const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
