import { openPackedWriter } from '../helpers/milvus/packed-insert.ts';
import { packRows, type PackedRows } from '../helpers/milvus/packed-rows.ts';
import { openSdk } from '../helpers/milvus/sdk.ts';
import { loadMilvusService, openService } from '../helpers/milvus/service.ts';
import type { Recorder } from '../helpers/workload/recorder.ts';
import { ledgerRowInto } from '../helpers/workload/ledger/row.ts';
import { median } from './median.ts';

/** Inserts in one way, in a process of its own; prints what it took. Arguments: way, address, rows, dimension. */
const [way, address = '', ...sizes] = process.argv.slice(2);
const [rows = 0, dimension = 0] = sizes.map(Number);
const runs = 11;
const limits = { callTimeoutMs: 60_000, signal: new AbortController().signal };
const header = { type: 'header', schemaVersion: 1, seed: 1, startedAt: '', collection: 'bench' } as const;
const recorder: Recorder = {
  header: { ...header, workload: 'bench' },
  now: () => performance.now(),
  record: () => undefined,
  note: () => undefined,
  end: () => undefined,
};

const vectors = new Float32Array(rows * dimension);
for (let row = 0; row < rows; row += 1) {
  ledgerRowInto(vectors.subarray(row * dimension, (row + 1) * dimension), 1, row, 0);
}
const packed: PackedRows = {
  rows,
  columns: [
    { name: 'id', type: 'Int64', values: Array.from({ length: rows }, (_, row) => row) },
    { name: 'vector', type: 'FloatVector', dimension, values: vectors },
  ],
};

const insert = await opened();
await insert();
const measured: { cpuMs: number; wallMs: number }[] = [];
for (let run = 0; run < runs; run += 1) {
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  await insert();
  const { user, system } = process.cpuUsage(cpu);
  measured.push({ cpuMs: (user + system) / 1000, wallMs: performance.now() - began });
}
const wallMs = median(measured.map((each) => each.wallMs));
console.log(
  JSON.stringify({
    way,
    cpuMs: Math.round(median(measured.map((each) => each.cpuMs))),
    wallMs: Math.round(wallMs),
    rowsPerSecond: Math.round((rows * 1000) / wallMs),
    peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit();

/** Sends one batch; rejects where the server did not acknowledge it. */
async function opened(): Promise<() => Promise<void>> {
  switch (way) {
    case 'packed': {
      const writer = await openPackedWriter({ address }, recorder, limits);
      const mark = { step: 'insert', request: {} };
      return async () => expectRows((await writer.write(mark, 'insert', 'bench', packed)).state, 'ok');
    }
    case 'sdk': {
      const client = await openSdk({ address }, limits);
      const data = Array.from({ length: rows }, (_, id) => ({
        id,
        vector: Array.from(vectors.subarray(id * dimension, (id + 1) * dimension)),
      }));
      return async () =>
        expectRows((await client.insert({ collection_name: 'bench', data })).insert_cnt, String(rows));
    }
    case 'bare': {
      const [client, { service }] = await Promise.all([openService({ address }), loadMilvusService()]);
      const { Insert } = service;
      if (Insert === undefined) throw new Error('The service has no Insert.');
      const body = packRows(Insert.requestSerialize, 'bench', packed);
      const same = (bytes: Buffer) => bytes;
      return () =>
        new Promise((resolve, reject) => {
          client.makeUnaryRequest(Insert.path, same, same, body, (error) =>
            error ? reject(error) : resolve(),
          );
        });
    }
    default:
      throw new Error('usage: insert-once.ts packed|sdk|bare ADDRESS ROWS DIMENSION');
  }
}

function expectRows(got: string, expected: string): void {
  if (got !== expected) throw new Error(`the insert gave ${got} instead of ${expected}`);
}
