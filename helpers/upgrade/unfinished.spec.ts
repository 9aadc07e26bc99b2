import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { CollectionFacts } from './snapshot-collection.ts';
import { Unfinished } from './unfinished.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'unfinished-'));
afterAll(() => rmSync(folder, { recursive: true }));

const wanted = { instance: 'books', limits: { rows: 100, rowsPerSecond: 10 } };
const collection: CollectionFacts = {
  database: 'default',
  name: 'books',
  id: '451',
  schema: { description: '', dynamic: false, fields: [], functions: [] },
  shards: 1,
  consistency: 'Strong',
  properties: {},
  indexes: [],
  partitions: [],
  aliases: [],
  loadState: 'LoadStateNotLoad',
  rows: { state: 'not-loaded' },
  searches: [],
};

test('a killed run’s collections are known again, but for the line that it was writing', async () => {
  const file = path.join(folder, 'killed.jsonl');
  const first = await Unfinished.open(file, wanted);
  await first.add(collection);
  appendFileSync(file, JSON.stringify({ ...collection, id: '452' }).slice(0, 40));
  const again = await Unfinished.open(file, wanted);
  expect(again.size).toBe(1);
  expect(again.found('default', '451')).toEqual(collection);
  expect(again.found('default', '452')).toBeUndefined();
  await again.add({ ...collection, id: '453' });
  expect((await Unfinished.open(file, wanted)).found('default', '453')?.id).toBe('453');
});

test('what was read by another number of rows is not used', async () => {
  const file = path.join(folder, 'other.jsonl');
  await (await Unfinished.open(file, wanted)).add(collection);
  const other = await Unfinished.open(file, { ...wanted, limits: { rows: 200, rowsPerSecond: 10 } });
  expect(other.size).toBe(0);
  expect(readFileSync(file, 'utf8')).not.toContain('"451"');
});
