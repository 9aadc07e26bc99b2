import { expect, test } from 'vitest';
import { z } from 'zod';
import type { NewOperation, Recorder } from '../workload/recorder.ts';
import { rowOf } from '../workload/seeded.ts';
import { type LoadClient, openLoadClient } from './load-client.ts';
import type { Answer } from './testing/milvus-model.ts';
import { openPackedWriter } from './packed-insert.ts';
import { startMilvusServer } from './testing/milvus-server.ts';

const limits = { callTimeoutMs: 5000, signal: new AbortController().signal };
const dimension = 32;
const seed = 1;
const mark = { step: 'spec', request: {} };
const fields = ['id', 'label', 'vector'];
const row = z.object({ id: z.coerce.number(), label: z.string(), vector: z.array(z.number()) });

function recorderOf(operations: NewOperation[]): Recorder {
  return {
    header: {
      type: 'header',
      schemaVersion: 1,
      workload: 'spec',
      seed,
      startedAt: '',
      collection: 'mc_spec',
    },
    now: () => performance.now(),
    record: (operation) => operations.push(operation),
    note: () => undefined,
    end: () => undefined,
  };
}

interface Opened extends AsyncDisposable {
  readonly client: LoadClient;
  readonly operations: readonly NewOperation[];
}

/** A client of a server that holds the rows 0 to 29. */
async function opened(search?: (answer: Answer) => Answer): Promise<Opened> {
  const server = await startMilvusServer(search === undefined ? {} : { Search: search });
  const operations: NewOperation[] = [];
  const client = await openLoadClient(server, recorderOf(operations), limits);
  await using writer = await openPackedWriter(server, recorderOf([]), limits);
  const rows = Array.from({ length: 30 }, (_, key) => rowOf(seed, key, dimension));
  const vectors = new Float32Array(rows.flatMap(({ vector }) => [...vector]));
  await writer.write(mark, 'insert', 'mc_spec', {
    rows: rows.length,
    columns: [
      { name: 'id', type: 'Int64', values: rows.map(({ id }) => id) },
      { name: 'label', type: 'VarChar', values: rows.map(({ label }) => label) },
      { name: 'vector', type: 'FloatVector', dimension, values: vectors },
    ],
  });
  return {
    client,
    operations,
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function searchFor(key: number) {
  const { vector } = rowOf(seed, key, dimension);
  return { field: 'vector', vector, k: 3, metric: 'L2', keyField: 'id' } as const;
}

test('reads, searches, counts and deletes, each in the history', async () => {
  await using open = await opened();
  const { client, operations } = open;
  const found = await client.search(mark, 'mc_spec', searchFor(7));
  expect(found).toMatchObject({ state: 'ok', value: { hits: [{ key: 7, distance: 0 }, {}, {}] } });
  const expected = rowOf(seed, 4, dimension);
  expect(await client.query(mark, 'mc_spec', { filter: 'id in [4, 99]', fields, row })).toEqual({
    state: 'ok',
    value: { rows: [{ ...expected, vector: [...expected.vector] }] },
  });
  expect(await client.delete(mark, 'mc_spec', 'id in [4, 5]')).toEqual({
    state: 'ok',
    value: { deleted: 2 },
  });
  expect(await client.count(mark, 'mc_spec')).toEqual({ state: 'ok', value: { count: 28 } });
  expect(await client.query(mark, 'mc_spec', { filter: 'id in [4]', fields, row })).toEqual({
    state: 'ok',
    value: { rows: [] },
  });
  expect(operations.map(({ call, outcome }) => `${call} ${outcome.state}`)).toEqual([
    'search ok',
    'query ok',
    'delete ok',
    'query ok',
    'query ok',
  ]);
});

const success = { error_code: 'Success', code: 0, reason: '' };

test.for<readonly [string, Answer, object]>([
  ['no results', { status: success }, { state: 'ok', value: { hits: [] } }],
  [
    'results without keys',
    { status: success, results: { scores: [] } },
    { state: 'ok', value: { hits: [] } },
  ],
  [
    'distances without keys',
    { status: success, results: { scores: [1, 2] } },
    { state: 'unknown', code: 'MALFORMED_ANSWER' },
  ],
  [
    'a distance that is no number',
    { status: success, results: { scores: [Number.NaN], ids: { int_id: { data: ['1'] } } } },
    { state: 'unknown', code: 'MALFORMED_ANSWER' },
  ],
])('a search whose answer is Success with %s', async ([, answer, outcome]) => {
  await using open = await opened(() => answer);
  expect(await open.client.search(mark, 'mc_spec', searchFor(1))).toMatchObject(outcome);
});
