import { mix, mulberry32 } from '../seeded.ts';

/** A value of a field as a client sends it. A 64-bit number is text; a sparse vector is its entries. */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

export type Row = Readonly<Record<string, Value>>;

/** Numbers that follow from what they are made for, and from nothing else. */
export interface Source {
  /** Of the row, from 1. */
  readonly number: number;
  /** Which write of the row: 0 for the first. */
  readonly generation: number;
  /** A whole number from 0 to `count - 1`. */
  readonly below: (count: number) => number;
}

/** Makes a field's value of a row. */
export type Maker = (source: Source) => Value;

export function sourceOf(seed: number, field: number, number: number, generation: number): Source {
  const next = mulberry32(mix(seed, 16 + field, number, generation));
  return { number, generation, below: (count) => next() % count };
}

export const rowNumber: Maker = ({ number }) => number;
export const generation: Maker = (source) => source.generation;
export const whole =
  (count: number): Maker =>
  ({ below }) =>
    below(count);
export const flag: Maker = ({ below }) => below(2) === 1;
/** Multiples of a quarter: the same number as float32 and as float64. */
export const quarters =
  (count: number): Maker =>
  ({ below }) =>
    below(count) / 4;
export const oneOf =
  (...values: readonly Value[]): Maker =>
  ({ below }) =>
    values[below(values.length)] ?? null;
export const text: Maker = ({ number, below }) => `row ${number} ${below(2 ** 31).toString(36)}`;
export const listOf =
  (longest: number, maker: Maker): Maker =>
  (source) =>
    Array.from({ length: source.below(longest + 1) }, () => maker(source));
export const objectOf =
  (makers: Readonly<Record<string, Maker>>): Maker =>
  (source) =>
    Object.fromEntries(Object.entries(makers).map(([name, maker]) => [name, maker(source)]));

/**
 * A float vector. Components are multiples of 1/64 up to 127/64, so that float32 sums of products and of squared
 * differences are exact in any order up to 260 dimensions.
 */
export const vector =
  (dimension: number): Maker =>
  ({ below }) =>
    Array.from({ length: dimension }, () => (below(255) - 127) / 64);
/** A binary vector, its bytes. */
export const bits =
  (dimension: number): Maker =>
  ({ below }) =>
    Array.from({ length: dimension / 8 }, () => below(256));
/** A sparse vector of up to so many entries: index to value. */
export const sparse =
  (dimension: number, entries: number): Maker =>
  ({ below }) =>
    Object.fromEntries(
      Array.from({ length: entries }, () => [String(below(dimension)), (1 + below(127)) / 64]),
    );
