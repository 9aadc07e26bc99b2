import type { History } from '../../../workload/history.ts';
import { operationsOf, type RowSeen, type StepName } from '../../../workload/round-trip-record.ts';
import { checksum, type Row, rowOf } from '../../../workload/seeded.ts';

type ReadStep = Extract<StepName, 'read rows' | 'read keys never written' | 'read rows after delete'>;

/** What the history says must be there, and what reads by key have shown. */
export interface Ledger {
  readonly dimension: number;
  /** Keys of acknowledged inserts, with the rows that the seed gives. */
  readonly written: ReadonlyMap<number, Row>;
  /** Keys of an acknowledged delete. */
  readonly deleted: ReadonlySet<number>;
  /** `undefined` where a read by key did not succeed. */
  readonly seen: readonly RowSeen[] | undefined;
  readonly seenAfterDelete: readonly RowSeen[] | undefined;
  /** Rows under keys that were never written. */
  readonly phantoms: readonly RowSeen[];
  /** Keys that some read showed with other values than were written. */
  readonly torn: ReadonlySet<number>;
}

/** Made once per history: four judges read it. */
export function ledgerOf(history: History): Ledger {
  const known = ledgers.get(history);
  if (known !== undefined) return known;
  const ledger = makeLedger(history);
  ledgers.set(history, ledger);
  return ledger;
}

const ledgers = new WeakMap<History, Ledger>();

function makeLedger(history: History): Ledger {
  const { seed } = history.header;
  const dimension = operationsOf(history, 'create')[0]?.request.dimension ?? 0;
  const written = new Map<number, Row>();
  for (const { request, outcome } of operationsOf(history, 'insert')) {
    if (outcome.state !== 'ok') continue;
    for (let key = request.firstKey; key < request.firstKey + request.rows; key += 1) {
      written.set(key, rowOf(seed, key, dimension));
    }
  }
  const deletes = operationsOf(history, 'delete').filter(({ outcome }) => outcome.state === 'ok');
  const seen = rowsRead(history, 'read rows');
  const seenAfterDelete = rowsRead(history, 'read rows after delete');
  const torn = [...(seen ?? []), ...(seenAfterDelete ?? [])].filter((row) => isTorn(written, row));
  return {
    dimension,
    written,
    deleted: new Set(deletes.flatMap(({ request }) => request.keys)),
    seen,
    seenAfterDelete,
    phantoms: rowsRead(history, 'read keys never written') ?? [],
    torn: new Set(torn.map((row) => row.key)),
  };
}

/** Whether the row was written, but not like this. */
export function isTorn(written: ReadonlyMap<number, Row>, row: RowSeen): boolean {
  const expected = written.get(row.key);
  return expected !== undefined && checksum(expected) !== row.checksum;
}

function rowsRead(history: History, step: ReadStep): readonly RowSeen[] | undefined {
  const rows: RowSeen[] = [];
  const reads = operationsOf(history, step);
  for (const { outcome } of reads) {
    if (outcome.state !== 'ok') return undefined;
    rows.push(...outcome.value.rows);
  }
  return reads.length === 0 ? undefined : rows;
}
