import { crc32 } from 'node:zlib';

/** A row of the round trip's collection. Everything in it follows from the seed and the key. */
export interface Row {
  readonly id: number;
  readonly label: string;
  readonly vector: Float32Array;
}

/** Keeps rows and query vectors of the same number apart. */
const streams = { vector: 1, label: 2, query: 3 } as const;

/**
 * The row of a key. `dimension` is the length of its vector.
 *
 * Components are multiples of 1/64 between -127/64 and 127/64. Sums of their squared differences, in units of
 * 1/4096, stay under 2^24 up to 260 dimensions, so a float32 sum is exact in any order of addition: a correct
 * server's L2 distances can be held to equality.
 */
export function rowOf(seed: number, key: number, dimension: number): Row {
  const tag = mix(seed, streams.label, key).toString(16).padStart(8, '0');
  return { id: key, label: `row-${key}-${tag}`, vector: vectorOf(mix(seed, streams.vector, key), dimension) };
}

/** The query vector of an index; no row has it. */
export function queryVector(seed: number, index: number, dimension: number): Float32Array {
  return vectorOf(mix(seed, streams.query, index), dimension);
}

/** CRC-32 over key, label and the vector's little-endian float32 bytes, as 8 hexadecimal digits. */
export function checksum(row: { id: number; label: string; vector: ArrayLike<number> }): string {
  const bytes = new DataView(new ArrayBuffer(row.vector.length * 4));
  for (let index = 0; index < row.vector.length; index += 1) {
    bytes.setFloat32(index * 4, row.vector[index] ?? Number.NaN, true);
  }
  return crc32(bytes, crc32(`${row.id}:${row.label}:`))
    .toString(16)
    .padStart(8, '0');
}

function vectorOf(state: number, dimension: number): Float32Array {
  const next = mulberry32(state);
  return Float32Array.from({ length: dimension }, () => ((next() % 255) - 127) / 64);
}

/** The generator mulberry32 by Tommy Ettinger (public domain): 32-bit state, 32-bit numbers. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (word ^ (word >>> 14)) >>> 0;
  };
}

/** Numbers to one 32-bit state, each passed through the finalizer of MurmurHash3. */
export function mix(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}
