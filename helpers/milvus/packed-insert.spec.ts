import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryHeader } from '../workload/history.ts';
import type { NewOperation, Recorder } from '../workload/recorder.ts';
import { openPackedWriter } from './packed-insert.ts';
import { packRows, type PackedRows } from './packed-rows.ts';
import { loadMilvusService } from './service.ts';
import { startMilvusServer } from './testing/milvus-server.ts';

const limits = { callTimeoutMs: 5000, signal: new AbortController().signal };
const mark = { step: 'write', request: { collection: 'mc_1' } };

function rowsOf(count: number): PackedRows {
  const keys = Array.from({ length: count }, (_, index) => index + 1);
  return {
    rows: count,
    columns: [
      { name: 'id', type: 'Int64', values: keys },
      { name: 'label', type: 'VarChar', values: keys.map((key) => `row ${key}`) },
      { name: 'vector', type: 'FloatVector', dimension: 32, values: new Float32Array(count * 32).fill(0.5) },
    ],
  };
}

class MemoryRecorder implements Recorder {
  readonly header: HistoryHeader = {
    type: 'header',
    schemaVersion: 1,
    workload: 'test',
    seed: 1,
    startedAt: '2026-11-01T00:00:00Z',
    collection: 'mc_1',
  };
  readonly operations: NewOperation[] = [];
  #now = 0;

  now(): number {
    this.#now += 1;
    return this.#now;
  }

  record(operation: NewOperation): void {
    this.operations.push(operation);
  }

  note(): void {
    throw new Error('A client notes no event.');
  }

  end(): void {}
}

test('the service definition reads what was packed', async () => {
  const { Insert } = (await loadMilvusService()).service;
  if (Insert === undefined) throw new Error('expected the definition of Insert');
  const name = fc.string({ minLength: 1, maxLength: 200 });
  const component = fc.float({ noNaN: true });
  fc.assert(
    fc.property(
      name,
      fc.integer({ min: 1, max: 9 }),
      fc.array(component, { maxLength: 300 }),
      (name, dimension, all) => {
        const rows = Math.floor(all.length / dimension);
        const values = Float32Array.from(all.slice(0, rows * dimension));
        const keys = Array.from({ length: rows }, (_, index) => String(2n ** 53n + BigInt(index)));
        const packed = packRows(Insert.requestSerialize, 'mc_1', {
          rows,
          columns: [
            { name: 'id', type: 'Int64', values: keys },
            { name, type: 'FloatVector', dimension, values },
          ],
        });
        expect(Insert.requestDeserialize(packed)).toMatchObject({
          collection_name: 'mc_1',
          num_rows: rows,
          fields_data: [
            { type: 'Int64', field_name: 'id', scalars: { long_data: { data: keys } } },
            {
              type: 'FloatVector',
              field_name: name,
              vectors: { dim: String(dimension), float_vector: { data: [...values] } },
            },
          ],
        });
      },
    ),
  );
});

test('an insert is sent once, and recorded with what the server acknowledged', async () => {
  await using server = await startMilvusServer();
  const recorder = new MemoryRecorder();
  await using writer = await openPackedWriter({ address: server.address, token: 'root:x' }, recorder, limits);
  const result = await writer.write(mark, 'insert', 'mc_1', rowsOf(300));
  expect(result).toEqual({ state: 'ok', value: { rows: 300 } });
  expect(server.requests.map(({ method, token }) => [method, token])).toEqual([['Insert', 'root:x']]);
  const written = { call: 'insert', ...mark, calledAt: 1, returnedAt: 2, outcome: result };
  expect(recorder.operations).toEqual([written]);
});

test('writes one after another and at once are each sent whole', async () => {
  await using server = await startMilvusServer();
  await using writer = await openPackedWriter({ address: server.address }, new MemoryRecorder(), limits);
  const sizes = [300, 2, 40];
  const write = (size: number) => writer.write(mark, 'insert', 'mc_1', rowsOf(size));
  for (const size of sizes) await write(size);
  await Promise.all(sizes.map(write));
  const sent = server.requests.map(({ request }) => JSON.stringify(request));
  expect(new Set(sent).size).toBe(3);
  expect(sent.slice(3).toSorted()).toEqual(sent.slice(0, 3).toSorted());
  expect(server.requests[1]?.request).toMatchObject({ num_rows: 2, fields_data: { length: 3 } });
});

test('an answer without a count, a refusal and a dead server are no success', async () => {
  await using server = await startMilvusServer({
    Insert: () => ({ status: { code: 9, reason: 'quota exceeded' } }),
  });
  const recorder = new MemoryRecorder();
  {
    await using writer = await openPackedWriter({ address: server.address }, recorder, limits);
    expect(await writer.write(mark, 'insert', 'mc_1', rowsOf(2))).toMatchObject({
      state: 'fail',
      code: 'MILVUS_9',
    });
  }
  await using nobody = await openPackedWriter({ address: '127.0.0.1:1' }, recorder, limits);
  const outcome = { state: 'unknown', code: 'UNAVAILABLE' };
  expect(await nobody.write(mark, 'upsert', 'mc_1', rowsOf(2))).toMatchObject(outcome);
  expect(recorder.operations.map(({ outcome }) => outcome.state)).toEqual(['fail', 'unknown']);
});

test('a column of another length is an error that names it', async () => {
  const { rows, columns } = rowsOf(3);
  expect(() => packRows(() => Buffer.alloc(0), 'mc_1', { rows: rows + 1, columns })).toThrow(
    'Column id of 4 rows must hold 4 values and holds 3.',
  );
});
