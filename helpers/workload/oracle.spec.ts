import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest, packVectors, sameDistance, squaredDistance } from './oracle.ts';
import { queryVector, rowOf } from './seeded.ts';

test('the answer is that of a full sort, also with ties and with k beyond the rows', () => {
  const component = fc.integer({ min: -2, max: 2 });
  const vector = fc.array(component, { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(vector, { maxLength: 40 }),
      vector,
      fc.integer({ min: 0, max: 45 }),
      (vectors, query, k) => {
        const rows = vectors.map((components, id) => ({ id, vector: Float32Array.from(components) }));
        const sorted = rows
          .map((row) => ({
            key: row.id,
            distance: row.vector.reduce((sum, value, index) => sum + (value - (query[index] ?? 0)) ** 2, 0),
          }))
          .toSorted((left, right) => left.distance - right.distance || left.key - right.key)
          .slice(0, k);
        expect(nearest(packVectors(3, rows), Float32Array.from(query), k)).toEqual(sorted);
      },
    ),
  );
});

test('seeded vectors: a float32 sum in any order is exactly the distance', () => {
  const query = queryVector(9, 1, 32);
  for (let key = 1; key <= 200; key += 1) {
    const { vector } = rowOf(9, key, 32);
    const squares = [...vector].map((value, index) => Math.fround((value - (query[index] ?? 0)) ** 2));
    const forward = squares.reduce((sum, square) => Math.fround(sum + square), 0);
    const backward = squares.toReversed().reduce((sum, square) => Math.fround(sum + square), 0);
    expect([forward, backward]).toEqual([
      squaredDistance(vector, 0, query),
      squaredDistance(vector, 0, query),
    ]);
  }
});

test('distances are one within a millionth', () => {
  expect(sameDistance(40.25, 40.25001)).toBe(true);
  expect(sameDistance(40.25, 40.251)).toBe(false);
  expect(sameDistance(0, 0.0000001)).toBe(true);
  expect(sameDistance(0, Number.NaN)).toBe(false);
});
