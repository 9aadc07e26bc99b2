import { mix, mulberry32 } from '../seeded.ts';

/** A row of a ledger's collection. Everything in it follows from seed, key and generation. */
export interface LedgerRow {
  readonly id: number;
  readonly generation: number;
  readonly label: string;
  /** A whole number of 32 bits, for an Int32 or Int64 field. */
  readonly amount: number;
  /** A multiple of 1/4: the same as float32 and as float64. */
  readonly weight: number;
  readonly active: boolean;
  readonly vector: ArrayLike<number>;
}

/** Keeps these rows apart from other rows of the same seed. */
const stream = 8;

/** The row that a write of a key stores. `dimension` is the length of its vector. */
export function ledgerRow(seed: number, key: number, generation: number, dimension: number): LedgerRow {
  return ledgerRowInto(new Float32Array(dimension), seed, key, generation);
}

/**
 * The same row with its vector written to `vector`, for rows that are made by the thousand. Components are multiples
 * of 1/64 from -127/64 to 2, so that float32 sums of squared differences are exact in any order up to 258 dimensions.
 * Four of them are drawn at once; what is beyond the end of an array is not stored.
 */
export function ledgerRowInto(
  vector: Float32Array,
  seed: number,
  key: number,
  generation: number,
): LedgerRow {
  const next = mulberry32(mix(seed, stream, key, generation));
  for (let index = 0; index < vector.length; index += 4) {
    const drawn = next();
    vector[index] = ((drawn & 255) - 127) / 64;
    vector[index + 1] = (((drawn >>> 8) & 255) - 127) / 64;
    vector[index + 2] = (((drawn >>> 16) & 255) - 127) / 64;
    vector[index + 3] = ((drawn >>> 24) - 127) / 64;
  }
  return {
    id: key,
    generation,
    label: `row-${key}-${generation}-${next().toString(36)}`,
    amount: next() | 0,
    weight: (next() % 4096) / 4,
    active: next() % 2 === 0,
    vector,
  };
}

/**
 * 32 bits over every value of the row, vector components as float32: MurmurHash3's mixing, word by word. The same of
 * a row written and of a row read.
 */
export function checksumOfRow(row: LedgerRow): number {
  let hash = word(word(word(0, row.id), row.generation), row.active ? 1 : 0);
  hash = float(word(hash, row.amount), row.weight);
  for (let index = 0; index < row.label.length; index += 1) hash = word(hash, row.label.charCodeAt(index));
  for (let index = 0; index < row.vector.length; index += 1) {
    hash = float(hash, row.vector[index] ?? Number.NaN);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function float(hash: number, value: number): number {
  asFloat[0] = value;
  return word(hash, asWord[0] ?? 0);
}

const asFloat = new Float32Array(1);
const asWord = new Uint32Array(asFloat.buffer);

function word(hash: number, value: number): number {
  const mixed = Math.imul(value, 0xcc9e2d51);
  const turned = hash ^ Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
}
