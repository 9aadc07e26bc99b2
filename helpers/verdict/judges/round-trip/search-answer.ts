import {
  nearest,
  type Neighbour,
  packVectors,
  sameDistance,
  squaredDistance,
} from '../../../workload/oracle.ts';
import type { Row } from '../../../workload/seeded.ts';

export type SearchVerdict = 'SHORT' | 'WRONG_ORDER' | 'WRONG_DISTANCE' | 'WRONG_ROW';

/** How an answer differs from the exact one. */
export interface Deviation {
  readonly verdict: SearchVerdict;
  readonly text: string;
  readonly expected: readonly Neighbour[];
  readonly got: readonly Neighbour[];
}

export interface Question {
  readonly vector: Float32Array;
  readonly k: number;
  /** Rows that can be found. */
  readonly rows: ReadonlyMap<number, Row>;
  /** Keys that another check judges; they are left out of the answer and of what is expected. */
  readonly ignored: ReadonlySet<number>;
}

/**
 * Compares an answer with brute force: `min(k, rows)` hits, the nearest ones, nearest first, at their distances.
 * Rows at the same distance may come in any order, and either may be the last. `undefined` when it is right.
 */
export function deviationOf(answer: readonly Neighbour[], question: Question): Deviation | undefined {
  const { rows, ignored, vector, k } = question;
  const got = answer.filter(({ key }) => !ignored.has(key));
  const candidates = [...rows.values()].filter(({ id }) => !ignored.has(id));
  const expected = nearest(packVectors(vector.length, candidates), vector, k - (answer.length - got.length));
  const deviate = (verdict: SearchVerdict, text: string) => ({ verdict, text, expected, got });

  if (got.length < expected.length)
    return deviate('SHORT', `${got.length} hits instead of ${expected.length}`);
  const twice = got.find(({ key }, index) => got.findIndex((other) => other.key === key) !== index);
  if (twice !== undefined) return deviate('WRONG_ROW', `key ${twice.key} is there twice`);
  if (got.length > expected.length) return deviate('WRONG_ROW', `${got.length} hits for k = ${k}`);

  const distances: number[] = [];
  for (const { key } of got) {
    const row = rows.get(key);
    if (row === undefined) return deviate('WRONG_ROW', `key ${key} must not be found`);
    distances.push(squaredDistance(row.vector, 0, vector));
  }
  const fits = (found: readonly number[]) =>
    found.every((distance, index) => sameDistance(distance, expected[index]?.distance ?? Number.NaN));
  if (!fits(distances)) {
    if (fits(distances.toSorted((left, right) => left - right))) {
      return deviate('WRONG_ORDER', 'the right rows in the wrong order');
    }
    const place = distances.findIndex(
      (distance, index) => !sameDistance(distance, expected[index]?.distance ?? Number.NaN),
    );
    return deviate(
      'WRONG_ROW',
      `hit ${place + 1} is key ${got[place]?.key}, not key ${expected[place]?.key}`,
    );
  }
  const off = got.findIndex((hit, index) => !sameDistance(hit.distance, distances[index] ?? Number.NaN));
  if (off === -1) return undefined;
  const text = `key ${got[off]?.key} at ${got[off]?.distance} instead of ${distances[off]}`;
  return deviate('WRONG_DISTANCE', text);
}
