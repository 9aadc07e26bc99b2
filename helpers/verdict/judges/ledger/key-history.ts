import type { Ledger } from '../../../workload/ledger/ledger.ts';
import type { Level } from '../../../workload/ledger/record.ts';

/** A write of one key that may have been applied. */
export interface Write {
  readonly kind: 'insert' | 'upsert' | 'delete';
  readonly generation: number;
  /** Place of its call in the ledger. */
  readonly call: number;
  readonly client: number;
  readonly acked: boolean;
  readonly calledUs: number;
  /** By when it was applied, if it was: infinite where it is unknown whether it was, for then it may come late. */
  readonly returnedUs: number;
}

/** A successful read that asked for one key, or showed it. */
export interface Read {
  readonly call: number;
  readonly client: number;
  readonly level: Level;
  readonly calledUs: number;
  readonly returnedUs: number;
  /** Places of the rows that it showed under the key. */
  readonly rows: readonly number[];
}

/** All that happened to one key, each list in the order of its returns. */
export interface KeyHistory {
  readonly key: number;
  readonly writes: readonly Write[];
  /** Writes that were certainly not applied. */
  readonly refused: readonly Write[];
  readonly reads: readonly Read[];
}

/** The history of each key that was written or read, one after another. */
export function* keyHistories(ledger: Ledger): Generator<KeyHistory> {
  const order = ledger.entriesByKey();
  for (let from = 0; from < order.length; ) {
    const key = ledger.keyOf(order[from] ?? 0);
    let to = from + 1;
    while (to < order.length && ledger.keyOf(order[to] ?? 0) === key) to += 1;
    yield keyHistory(ledger, key, order.subarray(from, to));
    from = to;
  }
}

function keyHistory(ledger: Ledger, key: number, places: Uint32Array): KeyHistory {
  const writes: Write[] = [];
  const refused: Write[] = [];
  const reads: Read[] = [];
  let rows: number[] = [];
  for (const place of places) {
    const call = ledger.callOf(place);
    const row = ledger.rowOf(place);
    const { kind, state, level, client, generation, calledUs, returnedUs } = ledger.call(call);
    if (kind !== 'read') {
      const acked = state === 'ok';
      const untilUs = state === 'unknown' ? Number.POSITIVE_INFINITY : returnedUs;
      const write = { kind, generation, call, client, acked, calledUs, returnedUs: untilUs };
      (state === 'fail' ? refused : writes).push(write);
    } else if (reads.at(-1)?.call === call) {
      if (row !== undefined) rows.push(row);
    } else {
      rows = row === undefined ? [] : [row];
      reads.push({ call, client, level, calledUs, returnedUs, rows });
    }
  }
  return { key, writes: inOrder(writes), refused, reads: inOrder(reads) };
}

/** As given where that is the order, as it is in a history of one workload. */
function inOrder<T extends { readonly returnedUs: number }>(items: T[]): T[] {
  let lastUs = 0;
  for (const { returnedUs } of items) {
    if (returnedUs < lastUs) return items.toSorted((left, right) => left.returnedUs - right.returnedUs);
    lastUs = returnedUs;
  }
  return items;
}
