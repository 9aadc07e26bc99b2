import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Operation } from '../history.ts';
import { answerOf } from './answer.ts';
import { planLoad } from './plan-load.ts';
import { StillOracle } from './still-oracle.ts';

const plan = { ...planLoad({ seed: 11, level: 'light', runId: 'spec' }), stillRows: 300 };
const oracle = new StillOracle(plan);

type Request = Operation['request'];

function answered(request: Request, value: unknown) {
  return answerOf({ request, outcome: { state: 'ok', value } }, plan, oracle);
}

const key = fc.nat({ max: plan.stillRows - 1 });
const keys = fc.uniqueArray(key, { minLength: 2, maxLength: 30 });

test.for(['probe', 'check'])('what a correct server answers is right, by %s', (by) => {
  fc.assert(
    fc.property(key, keys, (query, asked) => {
      const hits = oracle.nearest(query, plan.k);
      const rows = asked.toReversed().map((each) => [each, oracle.checksum(each)]);
      expect([
        answered({ [by]: 'search', query, k: plan.k }, { hits }),
        answered({ [by]: 'query', keys: asked }, { rows }),
        answered({ [by]: 'count' }, { count: plan.stillRows }),
        answered({ [by]: 'insert', keys: [1, [4, 6]] }, { rows: 4 }),
      ]).toEqual(Array.from({ length: 4 }, () => ({ state: 'right' })));
    }),
  );
});

interface Hit {
  readonly key: number;
  readonly distance: number;
}

/** One damage to hits or rows at a place; the number that comes with it chooses how. */
const damages: Readonly<
  Record<string, (hits: readonly Hit[], place: number, other: number) => readonly Hit[]>
> = {
  nothing: () => [],
  'one less': (hits, place) => hits.toSpliced(place, 1),
  'one twice': (hits, place) => hits.toSpliced(place, 0, ...hits.slice(place, place + 1)),
  'one in place of another': (hits, place) => hits.toSpliced(place, 1, ...hits.slice(place - 1, place)),
  'another key': (hits, place, other) =>
    hits.with(place, { key: other, distance: hits[place]?.distance ?? 0 }),
  'another key at its distance': (hits, place, other) =>
    hits.with(place, { key: other, distance: oracle.distance(hits[0]?.key ?? 0, other) }),
  'a key that no row has': (hits, place) => hits.with(place, { key: plan.stillRows, distance: 1 }),
  'another distance': (hits, place, other) =>
    hits.with(place, { key: hits[place]?.key ?? 0, distance: (hits[place]?.distance ?? 0) + 0.01 + other }),
  'two swapped': (hits, place) => [
    ...hits.slice(0, place - 1),
    ...hits.slice(place - 1, place + 1).toReversed(),
    ...hits.slice(place + 1),
  ],
};

test.for(Object.entries(damages))('hits with %s are wrong', ([, damage]) => {
  fc.assert(
    fc.property(key, fc.integer({ min: 1, max: plan.k - 1 }), key, (query, place, other) => {
      const hits = oracle.nearest(query, plan.k);
      const damaged = damage(hits, place, other);
      const [left, right] = [hits[place - 1], hits[place]];
      // At the same distance either order is right, and so is either row.
      fc.pre(left?.distance !== right?.distance);
      const farthest = hits.at(-1)?.distance ?? 0;
      fc.pre(oracle.distance(query, other) > farthest);
      expect(answered({ probe: 'search', query, k: plan.k }, { hits: damaged })).toMatchObject({
        state: 'wrong',
      });
    }),
  );
});

type Shown = readonly [key: number, checksum: number];

const rowDamages: Readonly<Record<string, (rows: readonly Shown[], place: number) => readonly Shown[]>> = {
  nothing: () => [],
  'one missing': (rows, place) => rows.toSpliced(place, 1),
  'one twice': (rows, place) => [...rows, ...rows.slice(place, place + 1)],
  'one that was not asked for': (rows) => [...rows, [plan.stillRows, 1]],
  'a torn one': (rows, place) => rows.map((row, at) => (at === place ? [row[0], (row[1] + 1) >>> 0] : row)),
};

test.for(Object.entries(rowDamages))('rows with %s are wrong', ([, damage]) => {
  fc.assert(
    fc.property(keys, fc.nat(), (asked, drawn) => {
      const rows = asked.map((each): Shown => [each, oracle.checksum(each) ?? 0]);
      const damaged = damage(rows, drawn % rows.length);
      expect(answered({ probe: 'query', keys: asked }, { rows: damaged })).toMatchObject({ state: 'wrong' });
    }),
  );
});

test('says what was answered and what would have been right', () => {
  const search = { probe: 'search', query: 7, k: 10 };
  const hits = oracle.nearest(7, 10);
  const first = hits[0] ?? { key: 0, distance: 0 };
  const texts = [
    answered(search, { hits: [] }),
    answered(search, { hits: hits.with(0, { ...first, distance: 3 }) }),
    answered(search, { hits: hits.with(0, { key: 900, distance: 0 }) }),
    answered({ probe: 'query', keys: [5, 6] }, { rows: [] }),
    answered({ probe: 'count' }, { count: 299 }),
    answered({ check: 'count', atLeast: 5, atMost: 7 }, { count: 8 }),
    answered({ probe: 'upsert', keys: [[1, 5]] }, { rows: 3 }),
  ].map((answer) => ('text' in answer ? answer.text : answer.state));
  expect(texts).toEqual([
    '0 hits instead of 10',
    'key 7 at 3 instead of 0',
    'hit 1 is key 900, which no row has',
    '2 of 2 rows are missing, such as key 5',
    'count(*) is 299 instead of 300',
    'count(*) is 8 instead of 5 to 7',
    '3 of 5 rows acknowledged',
  ]);
});

test('a call that did not succeed failed, known or unknown; of a read, a Success that says nothing is wrong', () => {
  const failing = (probe: string, state: 'fail' | 'unknown', code: string) =>
    answerOf({ request: { probe }, outcome: { state, code, message: 'why' } }, plan, oracle);
  expect(failing('search', 'fail', 'MILVUS_101')).toEqual({
    state: 'failed',
    text: 'MILVUS_101: why',
    unknown: false,
  });
  expect(failing('insert', 'unknown', 'UNAVAILABLE')).toMatchObject({ state: 'failed', unknown: true });
  expect(failing('count', 'unknown', 'MALFORMED_ANSWER')).toMatchObject({ state: 'wrong' });
  expect(failing('insert', 'unknown', 'MALFORMED_ANSWER')).toMatchObject({ state: 'failed', unknown: true });
});
