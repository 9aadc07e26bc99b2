import { status } from '@grpc/grpc-js';
import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { HistoryHeader, Operation } from '../workload/history.ts';
import type { NewOperation, Recorder } from '../workload/recorder.ts';
import { openRecordingClient, type RecordingClient } from './recording-client.ts';
import { GrpcFailure, startMilvusServer } from './testing/milvus-server.ts';

const collection = 'mc_test';
const mark = { step: 'try', request: { collection } };
const fields = [
  { name: 'id', data_type: 'Int64' as const, is_primary_key: true },
  { name: 'label', data_type: 'VarChar' as const, max_length: 64 },
  { name: 'vector', data_type: 'FloatVector' as const, dim: 32 },
];
const vector = new Float32Array(32);
const rows = [1, 2, 3].map((id) => ({ id, label: `${id}`, vector: [...vector] }));
const search = { field: 'vector', vector, k: 2, metric: 'L2', keyField: 'id' } as const;

class MemoryRecorder implements Recorder {
  readonly header: HistoryHeader = {
    type: 'header',
    schemaVersion: 1,
    workload: 'test',
    seed: 1,
    startedAt: '2026-11-01T00:00:00Z',
    collection,
  };
  readonly operations: Omit<Operation, 'type' | 'id'>[] = [];

  now(): number {
    return performance.now();
  }

  record(operation: NewOperation): void {
    this.operations.push(operation);
  }

  note(): void {
    throw new Error('A client notes no event.');
  }

  end(): void {
    throw new Error('A client does not end a history.');
  }
}

function open(
  address: string,
  options: { recorder?: Recorder; token?: string; callTimeoutMs?: number; signal?: AbortSignal } = {},
): Promise<RecordingClient> {
  const { recorder = new MemoryRecorder(), callTimeoutMs = 5000, token } = options;
  const signal = options.signal ?? new AbortController().signal;
  const target = token === undefined ? { address } : { address, token };
  return openRecordingClient(target, recorder, { callTimeoutMs, signal });
}

test('a call is recorded with its times and its outcome, without the vectors', async () => {
  await using server = await startMilvusServer();
  const recorder = new MemoryRecorder();
  await using client = await open(server.address, { recorder });
  await client.createCollection(mark, collection, fields);
  await client.insert(mark, collection, rows);
  const [, insert] = recorder.operations;
  expect(insert).toMatchObject({ call: 'insert', ...mark, outcome: { state: 'ok', value: { inserted: 3 } } });
  expect(insert?.returnedAt).toBeGreaterThan(insert?.calledAt ?? Number.NaN);
  expect(JSON.stringify(recorder.operations)).not.toContain('vector');
});

test('Strong is on the wire: of the collection, of a search, of a query', async () => {
  await using server = await startMilvusServer();
  await using client = await open(server.address);
  await client.createCollection(mark, collection, fields);
  await client.search(mark, collection, search);
  await client.count(mark, collection);
  const levels = server.requests
    .filter(({ method }) => ['CreateCollection', 'Search', 'Query'].includes(method))
    .map(({ request }) => z.object({ consistency_level: z.string() }).parse(request).consistency_level);
  expect(levels).toEqual(['Strong', 'Strong', 'Strong']);
});

test.for([
  ['UNAVAILABLE', status.UNAVAILABLE, 'unknown'],
  ['INTERNAL', status.INTERNAL, 'unknown'],
  ['UNIMPLEMENTED', status.UNIMPLEMENTED, 'fail'],
  ['PERMISSION_DENIED', status.PERMISSION_DENIED, 'fail'],
] as const)('%s is sent once and is never a success', async ([name, code, state]) => {
  const fail = () => {
    throw new GrpcFailure(code, 'as asked');
  };
  await using server = await startMilvusServer({ LoadCollection: fail });
  await using client = await open(server.address);
  const outcome = await client.load(mark, collection);
  expect(outcome).toEqual({ state, code: name, message: 'as asked' });
  expect(server.requests).toHaveLength(1);
});

test('a failure that gRPC counts as OK is a failure, whichever field says it', async () => {
  await using server = await startMilvusServer({
    Search: () => ({ status: { code: 503, reason: 'channel not available' } }),
    Flush: () => ({ status: { error_code: 'UnexpectedError', reason: 'disk full' } }),
    DescribeCollection: () => ({ status: { code: 100, reason: 'collection not found' } }),
  });
  await using client = await open(server.address);
  expect(await client.flush(mark, collection)).toMatchObject({ state: 'unknown', message: 'disk full' });
  const missing = { state: 'fail', code: 'MILVUS_100', message: 'collection not found' };
  expect(await client.insert(mark, collection, rows)).toEqual(missing);
  expect(await client.search(mark, collection, search)).toEqual(missing);
});

test('an insert into a collection whose schema has changed is not sent twice', async () => {
  await using server = await startMilvusServer({
    Insert: () => ({ status: { error_code: 'SchemaMismatch', code: 109, reason: 'schema mismatch' } }),
  });
  await using client = await open(server.address);
  await client.createCollection(mark, collection, fields);
  expect(await client.insert(mark, collection, rows)).toMatchObject({ state: 'unknown', code: 'MILVUS_109' });
  expect(server.requests.filter(({ method }) => method === 'Insert')).toHaveLength(1);
});

test('a call that hangs ends at its time-out, unknown', async () => {
  await using server = await startMilvusServer({ LoadCollection: () => new Promise(() => undefined) });
  await using client = await open(server.address, { callTimeoutMs: 200 });
  const start = performance.now();
  expect(await client.load(mark, collection)).toMatchObject({ state: 'unknown', code: 'DEADLINE_EXCEEDED' });
  expect(performance.now() - start).toBeLessThan(2000);
});

test('an abort cancels the call in flight; the next is not sent', async () => {
  const controller = new AbortController();
  await using server = await startMilvusServer({
    LoadCollection: () => {
      controller.abort();
      return new Promise(() => undefined);
    },
  });
  await using client = await open(server.address, { signal: controller.signal });
  expect(await client.load(mark, collection)).toMatchObject({ state: 'unknown', code: 'CANCELLED' });
  await expect(client.load(mark, collection)).rejects.toThrow(/abort/);
  expect(server.requests).toHaveLength(1);
});

test('64-bit ids and timestamps of a flush come back unharmed', async () => {
  await using server = await startMilvusServer();
  await using client = await open(server.address);
  await client.createCollection(mark, collection, fields);
  const flush = await client.flush(mark, collection);
  if (flush.state !== 'ok') throw new Error(flush.message);
  await client.flushState(mark, collection, flush.value);
  expect(server.requests.at(-1)?.request).toMatchObject({
    segmentIDs: ['454545454545454545'],
    flush_ts: '454545454545454546',
  });
});

test('after an outage the next call gets through within a second and a half', async () => {
  const first = await startMilvusServer();
  const { address } = first;
  await using client = await open(address);
  expect((await client.load(mark, collection)).state).toBe('ok');
  await first[Symbol.asyncDispose]();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    expect((await client.load(mark, collection)).state).toBe('unknown');
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await using server = await startMilvusServer({}, { address });
  const back = performance.now();
  let state = 'unknown';
  while (state !== 'ok' && performance.now() - back < 5000) {
    ({ state } = await client.load(mark, collection));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(performance.now() - back).toBeLessThan(1500);
  expect(server.requests.length).toBeGreaterThan(0);
});
