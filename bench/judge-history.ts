import { HistoryFile } from '../helpers/workload/history-file.ts';
import { readRequest, writeRequest } from '../helpers/workload/ledger/request.ts';
import { checksumOfRow, ledgerRow } from '../helpers/workload/ledger/row.ts';

export interface Shape {
  /** Keys written and keys read, all together. */
  readonly operations: number;
  readonly keysPerCall: number;
}

const seed = 42;
const dimension = 16;
const collection = 'mc_bench_ledger';
/** Of each key: written, read, written again, read; one call in eight of the second writing is a delete. */
const rounds = 4;
const callMs = 0.5;

/**
 * Writes the history of a ledger that nothing was lost from: each key is inserted, read, upserted or deleted, and
 * read again, each by another call. One row, the last, is lost, so that a judge shows that it looked.
 */
export async function writeLedgerHistory(file: string, { operations, keysPerCall }: Shape): Promise<void> {
  const keys = operations / rounds;
  await using recorder = new HistoryFile(file, { workload: 'ledger', seed, collection });
  let now = 1;
  const record = (call: string, request: Readonly<Record<string, unknown>>, value: unknown) => {
    const calledAt = now;
    now = Math.round((now + callMs) * 1000) / 1000;
    recorder.record({
      call,
      step: 'ledger',
      request,
      calledAt,
      returnedAt: now,
      outcome: { state: 'ok', value },
    });
    now = Math.round((now + 0.01) * 1000) / 1000;
  };
  record('createCollection', { collection, ledger: 'create', dimension }, {});
  const shown = (key: number, generation: number) =>
    [key, generation, checksumOfRow(ledgerRow(seed, key, generation, dimension))] as const;
  for (let round = 0; round < rounds; round += 1) {
    const generation = round < 2 ? 1 : 2;
    for (let from = 0; from < keys; from += keysPerCall) {
      // Spread, so that a call's keys are no range.
      const some = Array.from(
        { length: keysPerCall },
        (_, index) => from / keysPerCall + (index * keys) / keysPerCall,
      );
      const isDeleted = (from / keysPerCall) % 8 === 4 && round >= 2;
      if (round % 2 === 1) {
        const rows = isDeleted ? [] : some.map((key) => shown(key, generation));
        const isLast = round === rounds - 1 && from + keysPerCall >= keys;
        record('query', readRequest(collection, 'Strong', some, 0), { rows: isLast ? rows.slice(1) : rows });
      } else if (isDeleted) {
        record('delete', writeRequest(collection, { kind: 'delete' }, some, 0), { rows: keysPerCall });
      } else {
        const kind = round === 0 ? 'insert' : 'upsert';
        record(kind, writeRequest(collection, { kind, generation }, some, 0), { rows: keysPerCall });
      }
    }
  }
  recorder.end();
}
