import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest, packVectors, roundingOf, sameDistance, squaredDistance } from './oracle.ts';
import { nearestBinary } from './oracle/binary.ts';
import { nearestOfEach } from './oracle/of-each.ts';
import { nearestSparse, packSparse } from './oracle/sparse.ts';
import { ThreadedOracle } from './oracle/threaded.ts';
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

const small = fc.integer({ min: -2, max: 2 });
const dense = fc.array(fc.array(small, { minLength: 5, maxLength: 5 }), { maxLength: 30 });

/** By a full sort of plain distances, rows of equal ones by key. */
function sorted<V>(
  rows: readonly { readonly id: number; readonly vector: V }[],
  k: number,
  higherIsNearer: boolean,
  distance: (vector: V) => number | undefined,
) {
  const sign = higherIsNearer ? -1 : 1;
  return rows
    .flatMap(({ id, vector }) => {
      const found = distance(vector);
      return found === undefined ? [] : [{ key: id, distance: found }];
    })
    .toSorted((left, right) => sign * (left.distance - right.distance) || left.key - right.key)
    .slice(0, k);
}

const dot = (left: readonly number[], right: readonly number[]) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

test.for([
  ['L2', false],
  ['IP', true],
  ['COSINE', true],
] as const)('%s with a filter and deletes is a full sort of what is left', ([metric, higherIsNearer]) => {
  const query = [1, -2, 0, 1, 2];
  const distances = {
    L2: (vector: readonly number[]) => {
      const difference = vector.map((value, index) => value - (query[index] ?? 0));
      return dot(difference, difference);
    },
    IP: (vector: readonly number[]) => dot(vector, query) + 0,
    COSINE: (vector: readonly number[]) => {
      const lengths = Math.sqrt(dot(vector, vector)) * Math.sqrt(dot(query, query));
      return lengths === 0 ? 0 : dot(vector, query) / lengths + 0;
    },
  };
  fc.assert(
    fc.property(
      dense,
      fc.infiniteStream(fc.boolean()),
      fc.integer({ min: 0, max: 12 }),
      (vectors, kept, k) => {
        const allowed = Uint8Array.from(vectors, () => Number(kept.next().value));
        const rows = vectors.map((vector, id) => ({ id, vector }));
        const set = packVectors(
          5,
          rows.map(({ id, vector }) => ({ id, vector: Float32Array.from(vector) })),
        );
        const expected = sorted(
          rows.filter(({ id }) => allowed[id] === 1),
          k,
          higherIsNearer,
          distances[metric],
        );
        const found = nearest(set, Float32Array.from(query), k, { metric, allowed });
        expect(found).toEqual(
          expected.map((each) => ({ ...each, distance: expect.closeTo(each.distance, 12) })),
        );
      },
    ),
  );
});

test.for(['L2', 'IP', 'COSINE'] as const)(
  'by %s: many queries at once have the answers of each',
  (metric) => {
    const component = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(dense, fc.array(component, { maxLength: 9 }), fc.nat({ max: 12 }), (vectors, asked, k) => {
        const rows = vectors.map((vector, id) => ({ id, vector: Float32Array.from(vector) }));
        const set = packVectors(5, rows);
        const options = { metric, allowed: Uint8Array.from(rows, ({ id }) => id % 3) };
        const queries = asked.map((query) => Float32Array.from(query));
        const answers = nearestOfEach(set, queries, k, options);
        expect(answers).toEqual(
          queries.map((query) =>
            nearest(set, query, k, options).map((each) => ({
              ...each,
              distance: expect.closeTo(each.distance, 12),
            })),
          ),
        );
      }),
    );
  },
);

test('HAMMING and JACCARD count bits', () => {
  const bytes = Uint8Array.from([0b1111_0000, 0b0000_0001, 0, 0, 0b1010_0000, 0b1000_0000]);
  const set = { dimension: 16, keys: [7, 8, 9], bytes };
  const query = Uint8Array.from([0b1010_0000, 0b0000_0001]);
  expect(nearestBinary(set, query, 3, { metric: 'HAMMING' })).toEqual([
    { key: 7, distance: 2 },
    { key: 9, distance: 2 },
    { key: 8, distance: 3 },
  ]);
  expect(nearestBinary(set, query, 2, { metric: 'JACCARD' })).toEqual([
    { key: 7, distance: 1 - 3 / 5 },
    { key: 9, distance: 1 - 2 / 4 },
  ]);
  const allowed = Uint8Array.from([0, 1, 0]);
  expect(nearestBinary(set, Uint8Array.from([0, 0]), 3, { metric: 'JACCARD', allowed })).toEqual([
    { key: 8, distance: 0 },
  ]);
});

test('sparse vectors: inner products over shared dimensions; a row that shares none is no hit', () => {
  const set = packSparse([
    { id: 1, vector: { indices: [3, 9], values: [0.5, 2] } },
    { id: 2, vector: { indices: [4], values: [9] } },
    { id: 3, vector: { indices: [], values: [] } },
    { id: 4, vector: { indices: [100_000, 3], values: [4, 1] } },
  ]);
  const query = { indices: [3, 100_000], values: [2, 0.25] };
  expect(nearestSparse(set, query, 10)).toEqual([
    { key: 4, distance: 3 },
    { key: 1, distance: 1 },
  ]);
  expect(nearestSparse(set, query, 10, Uint8Array.from([1, 1, 1, 0]))).toEqual([{ key: 1, distance: 1 }]);
});

test('threads give the answer of one', async () => {
  const rows = Array.from({ length: 301 }, (_, key) => rowOf(3, key, 24)).map(({ id, vector }) => ({
    id,
    vector,
  }));
  const set = packVectors(24, rows);
  const allowed = Uint8Array.from(rows, ({ id }) => id % 3);
  await using oracle = await ThreadedOracle.open(set);
  for (const metric of ['L2', 'IP', 'COSINE'] as const) {
    for (const number of [1, 2, 3]) {
      const query = queryVector(3, number, 24);
      const options = { metric, allowed };
      expect(await oracle.nearest(query, 20, options)).toEqual(nearest(set, query, 20, options));
    }
  }
});

test('float32 sums stay within the rounding that is allowed for their length', () => {
  const random = fc.float({ min: -1, max: 1, noNaN: true });
  const vector = fc.array(random, { minLength: 768, maxLength: 768 });
  fc.assert(
    fc.property(vector, vector, (left, right) => {
      const exact = squaredDistance(Float32Array.from(left), 0, Float32Array.from(right));
      let sum = 0;
      for (const [index, value] of left.entries()) {
        const difference = Math.fround(value - (right[index] ?? 0));
        sum = Math.fround(sum + Math.fround(difference * difference));
      }
      expect(sameDistance(exact, sum, roundingOf(768))).toBe(true);
    }),
    { numRuns: 30 },
  );
});
