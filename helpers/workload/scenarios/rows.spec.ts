import { expect, test } from 'vitest';
import { checksumOf, keyFieldOf, keyOf, queryVectorOf, rowSent, rowStored, textOf } from './rows.ts';
import { allScenarios } from './table.ts';
import { arraysAndJson } from './table/arrays-and-json.ts';
import { openSchema } from './table/open-schema.ts';
import { upsert } from './table/upsert.ts';

test('a row follows from seed, number and generation alone', () => {
  expect(rowSent(upsert, 7, 12, 1)).toEqual(rowSent(upsert, 7, 12, 1));
  const others = [rowSent(upsert, 8, 12, 1), rowSent(upsert, 7, 13, 1), rowSent(upsert, 7, 12, 2)];
  for (const other of others) expect(other).not.toEqual(rowSent(upsert, 7, 12, 1));
});

test.each(allScenarios)(
  '$name: a key stays that of its row through every generation, and is its own',
  (scenario) => {
    const keys = Array.from({ length: 700 }, (_, index) => keyOf(scenario, 3, index + 1));
    if (keys[0] === undefined) return;
    expect(new Set(keys).size).toBe(keys.length);
    for (const number of [1, 80, 700]) {
      const { name } = keyFieldOf(scenario);
      expect(textOf(rowSent(scenario, 3, number, 2)[name])).toBe(keys[number - 1]);
    }
  },
);

test('a query vector is that of no row', () => {
  const rows = Array.from({ length: 100 }, (_, number) => rowSent(upsert, 5, number, 0)['embedding']);
  expect(rows).not.toContainEqual(queryVectorOf(upsert, 'embedding', 5, 1));
});

test('what a row leaves out is stored as its default, or as null', () => {
  expect(rowSent(openSchema, 1, 3, 0)).not.toHaveProperty('rating');
  expect(rowStored(openSchema, rowSent(openSchema, 1, 3, 0))).toMatchObject({
    rating: 7,
    note: null,
    pages: null,
  });
});

test('a row has one checksum however a client gives it back, and another when any value differs', () => {
  const row = rowSent(arraysAndJson, 9, 4, 0);
  const facts = { z: 1, a: [1, { y: 2, b: 'x' }] };
  const sum = checksumOf(arraysAndJson, { ...row, facts });
  expect(
    checksumOf(arraysAndJson, { ...row, id: textOf(row['id']), facts: { a: [1, { b: 'x', y: 2 }], z: 1 } }),
  ).toBe(sum);
  for (const other of [{ facts: { ...facts, z: 2 } }, { numbers: [77] }, { words: null }, { id: 5 }]) {
    expect(checksumOf(arraysAndJson, { ...row, facts, ...other })).not.toBe(sum);
  }
});

test('every scenario has a name of its own', () => {
  expect(new Set(allScenarios.map(({ name }) => name)).size).toBe(allScenarios.length);
});
