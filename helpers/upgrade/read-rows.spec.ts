import { expect, test } from 'vitest';
import { z } from 'zod';
import { GrpcFailure, startMilvusServer } from '../milvus/testing/milvus-server.ts';
import { status } from '@grpc/grpc-js';
import { Pace } from './pace.ts';
import { readRows } from './read-rows.ts';
import type { RowsAsked } from './row-reading.ts';
import { openReader } from './reader.ts';
import type { RowsFacts, SchemaFacts } from './snapshot-collection.ts';

const ok = { error_code: 'Success', code: 0, reason: '' };
const field = { primary: false, autoId: false, partitionKey: false, nullable: false, params: {} };
const schema: SchemaFacts = {
  description: '',
  dynamic: false,
  functions: [],
  fields: [
    { ...field, name: 'id', type: 'VarChar', primary: true, params: { max_length: '16' } },
    { ...field, name: 'vector', type: 'FloatVector', params: { dim: '2' } },
  ],
};
const asked: RowsAsked = { database: 'default', collection: 'notes', schema, rows: 100_000, as: undefined };

const request = z.object({
  expr: z.string(),
  output_fields: z.array(z.string()),
  query_params: z.array(z.object({ key: z.string(), value: z.string() })),
});

interface Held {
  /** In the order of their keys. */
  readonly keys: readonly string[];
  /** `count(*)`, where a row is there twice. */
  readonly count?: number;
  /** Most rows in an answer, whatever is asked. */
  readonly most?: number;
  readonly keepsVectors?: boolean;
}

/** Reads what a server holds, and says how it was asked. */
async function read(
  held: Held,
  over: Partial<RowsAsked> = {},
): Promise<{ facts: RowsFacts; asked: string[] }> {
  const expressions: string[] = [];
  await using server = await startMilvusServer({
    Query: (_correct, received) => {
      const { expr, output_fields: fields, query_params: params } = request.parse(received);
      const { keys, count = keys.length, most = 16_384, keepsVectors = true } = held;
      if (fields[0] === 'count(*)')
        return page([{ field_name: 'count(*)', scalars: { long_data: { data: [count] } } }]);
      expressions.push(expr);
      if (fields.includes('vector') && !keepsVectors)
        throw new GrpcFailure(status.INVALID_ARGUMENT, 'no raw vectors');
      const limit = Number(params.find(({ key }) => key === 'limit')?.value);
      const listed = /in (\[.*\])/.exec(expr)?.[1];
      const after = /> (".*")$/.exec(expr)?.[1];
      const wanted: unknown = JSON.parse(listed ?? after ?? '""');
      const found = keys
        .filter((key) => (Array.isArray(wanted) ? wanted.includes(key) : key > String(wanted)))
        .slice(0, Math.min(limit, most));
      const vector = { dim: 2, float_vector: { data: found.flatMap((key) => [key.length, 1]) } };
      return page([
        { field_name: 'id', scalars: { string_data: { data: found } } },
        ...(fields.includes('vector') ? [{ field_name: 'vector', vectors: vector }] : []),
      ]);
    },
  });
  const { signal } = new AbortController();
  await using reader = await openReader({ address: server.address }, signal);
  return { facts: await readRows(reader, { ...asked, ...over }, new Pace(1e9, signal)), asked: expressions };
}

function page(fields_data: readonly object[]) {
  return { status: ok, fields_data };
}

const many = Array.from({ length: 40_000 }, (_, at) => `key "${String(at).padStart(5, '0')}"`);

test('rows beyond the first 16,384 are read, page by page by primary key', async () => {
  const { facts, asked: expressions } = await read({ keys: many });
  expect(facts).toMatchObject({
    state: 'read',
    count: 40_000,
    keys: 40_000,
    sample: { oneIn: 1, rows: 40_000 },
  });
  expect(expressions[0]).toBe('id >= ""');
  expect(expressions[1]).toMatch(/^id > "key \\"\d{5}\\""$/);
});

test('a page that is short though more follows does not end the reading', async () => {
  const { facts } = await read({ keys: many.slice(0, 50), most: 7 });
  expect(facts).toMatchObject({ keys: 50, sample: { rows: 50 } });
});

test('of many rows every key is read, and the sample is the same each time', async () => {
  const { facts } = await read({ keys: many }, { rows: 1000 });
  expect(facts).toMatchObject({ state: 'read', keys: 40_000, sample: { oneIn: 40 } });
  if (facts.state !== 'read') return;
  expect(facts.sample.rows).toBeGreaterThan(800);
  expect(facts.sample.rows).toBeLessThan(1200);
  const { oneIn, fields } = facts.sample;
  expect((await read({ keys: many }, { rows: 9, as: { oneIn, fields } })).facts).toEqual(facts);
});

test('a row that is lost, or there twice, shows', async () => {
  const { facts: whole } = await read({ keys: ['a', 'b', 'c'] });
  const { facts: twice } = await read({ keys: ['a', 'b', 'c'], count: 4 });
  const { facts: lost } = await read({ keys: ['a', 'c'] });
  expect(whole).toMatchObject({ count: 3, keys: 3 });
  expect(twice).toMatchObject({ count: 4, keys: 3 });
  expect(lost).toMatchObject({ count: 2, keys: 2 });
  expect(whole.state === 'read' && lost.state === 'read' && whole.keysChecksum !== lost.keysChecksum).toBe(
    true,
  );
});

test('where an index keeps no raw vectors the rest is read, and it is said what was left out', async () => {
  const { facts } = await read({ keys: ['a', 'b'], keepsVectors: false });
  expect(facts).toMatchObject({
    state: 'read',
    sample: {
      rows: 2,
      fields: ['id'],
      without: [{ field: 'vector', reason: 'INVALID_ARGUMENT: no raw vectors' }],
    },
  });
});

test('a collection without rows is read too', async () => {
  expect((await read({ keys: [] })).facts).toMatchObject({ state: 'read', count: 0, keys: 0 });
});
