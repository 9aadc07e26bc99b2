import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyListOf, type WriteCall } from '../ledger/record.ts';
import { mulberry32 } from '../seeded.ts';
import { LedgerKeys } from './ledger-keys.ts';
import { upsertedAgain } from './pace.ts';

const kinds = ['insert', 'upsert', 'delete'] as const;

function learn(
  keys: LedgerKeys,
  kind: WriteCall['kind'],
  some: readonly number[],
  state: WriteCall['state'],
): void {
  keys.learn({ kind, keys: keyListOf(some), generation: 1, state });
}

test('no key is in two writes at once, an insert takes a fresh one, and each write has a generation of its own', () => {
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    count: fc.integer({ min: 1, max: 40 }),
    state: fc.constantFrom('ok', 'fail', 'unknown'),
    returns: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer(), (steps, seed) => {
      const keys = new LedgerKeys();
      const draw = mulberry32(seed);
      const underWay: { kind: (typeof kinds)[number]; some: readonly number[] }[] = [];
      const generations = new Set<number>();
      const inserted = new Set<number>();
      for (const { kind, count, state, returns } of steps) {
        const take = {
          insert: () => keys.takeFresh(count),
          upsert: () => keys.takeToUpsert(count, draw),
          delete: () => keys.takeToDelete(count, draw),
        };
        const some = take[kind]();
        const busy = new Set(underWay.flatMap((write) => write.some));
        expect(some.filter((key) => busy.has(key))).toEqual([]);
        expect(new Set(some).size).toBe(some.length);
        if (kind === 'insert') {
          expect(some.filter((key) => inserted.has(key))).toEqual([]);
          for (const key of some) inserted.add(key);
        }
        const generation = keys.nextGeneration();
        expect(generations.has(generation)).toBe(false);
        generations.add(generation);
        if (some.length > 0) underWay.push({ kind, some });
        const returned = returns ? underWay.shift() : undefined;
        if (returned !== undefined) learn(keys, returned.kind, returned.some, state);
      }
      expect(keys.end).toBe(inserted.size);
    }),
  );
});

test('an insert of which nothing is known is repeated as an upsert', () => {
  const keys = new LedgerKeys();
  learn(keys, 'insert', keys.takeFresh(upsertedAgain + 100), 'ok');
  const lost = keys.takeFresh(3);
  learn(keys, 'insert', lost, 'unknown');
  expect(keys.takeToUpsert(9, () => 0)).toEqual(expect.arrayContaining([lost[0]]));
});

test('deletes take the oldest rows, and none of those that are upserted again and again', () => {
  const keys = new LedgerKeys();
  learn(keys, 'insert', keys.takeFresh(upsertedAgain + 5), 'ok');
  const some = keys.takeToDelete(3, mulberry32(1));
  expect(some).toEqual([upsertedAgain, upsertedAgain + 1, upsertedAgain + 2]);
  learn(keys, 'delete', some, 'unknown');
  expect(keys.takeToDelete(5, mulberry32(1))).toEqual([3, 4, 0, 1, 2].map((key) => upsertedAgain + key));
});

test('a read asks for what was written lately and for what was written long ago', () => {
  const keys = new LedgerKeys();
  learn(keys, 'insert', keys.takeFresh(5000), 'ok');
  const read = Array.from({ length: 50 }, (_, seed) => keys.toRead(20, mulberry32(seed))).flat();
  expect(read.some((key) => key < 1000)).toBe(true);
  expect(read.filter((key) => key >= 4800).length).toBeGreaterThan(read.length / 3);
});

test.for<readonly [string, readonly (readonly [WriteCall['kind'], WriteCall['state']])[], number, number]>([
  ['acknowledged', [['insert', 'ok']], 1, 1],
  ['refused', [['insert', 'fail']], 0, 0],
  ['unknown', [['insert', 'unknown']], 0, 1],
  [
    'repeated: the first may come late and make a second row',
    [
      ['insert', 'unknown'],
      ['upsert', 'ok'],
    ],
    1,
    2,
  ],
  [
    'deleted',
    [
      ['insert', 'ok'],
      ['delete', 'ok'],
    ],
    0,
    0,
  ],
  [
    'perhaps deleted',
    [
      ['insert', 'ok'],
      ['delete', 'unknown'],
    ],
    0,
    1,
  ],
  [
    'perhaps upserted again after a delete',
    [
      ['insert', 'ok'],
      ['upsert', 'unknown'],
      ['delete', 'ok'],
    ],
    0,
    1,
  ],
] as const)('a row %s', ([, writes, atLeast, atMost]) => {
  const keys = new LedgerKeys();
  for (const [kind, state] of writes) learn(keys, kind, [0], state);
  expect(keys.rows()).toEqual({ atLeast, atMost });
});

test('knows from a history what the run that wrote it knew', () => {
  const keys = new LedgerKeys();
  keys.learn({ kind: 'insert', keys: [[0, 299]], generation: 4, state: 'ok' });
  keys.learn({ kind: 'delete', keys: [250], generation: 0, state: 'ok' });
  expect({ end: keys.end, next: keys.nextGeneration(), rows: keys.rows() }).toEqual({
    end: 300,
    next: 5,
    rows: { atLeast: 299, atMost: 299 },
  });
});
