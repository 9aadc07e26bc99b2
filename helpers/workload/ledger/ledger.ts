import {
  type LedgerCall,
  type Level,
  levels,
  type ReadCall,
  type RowShown,
  type WriteCall,
} from './record.ts';
import { placesInOrder } from './places-in-order.ts';
import { Table } from './table.ts';

type Kind = Exclude<LedgerCall['kind'], 'create'>;
const kinds = ['insert', 'upsert', 'delete', 'read'] as const satisfies readonly Kind[];
const states = ['ok', 'fail', 'unknown'] as const satisfies readonly WriteCall['state'][];

/** Times in whole microseconds: as integers they are compared exactly. */
export interface CallFacts {
  /** In the history. */
  readonly id: number;
  readonly kind: Kind;
  readonly state: WriteCall['state'];
  readonly level: Level;
  readonly client: number;
  readonly generation: number;
  readonly calledUs: number;
  readonly returnedUs: number;
}

const mostClients = 1 << 10;
const word = 2 ** 32;
const longestUs = word - 1;

/**
 * Words of a call's record; `facts` holds kind, state and level, 2 bits each, 10 of the client, and the upper 16 bits
 * of the call's time.
 */
const ofCall = { id: 0, calledLow: 1, durationUs: 2, generation: 3, facts: 4 } as const;
/** Words of one key of one call; `row` is the place of the row shown, from 1. */
const ofEntry = { key: 0, call: 1, row: 2 } as const;
const ofRow = { generation: 0, checksum: 1 } as const;

/**
 * Every write and every sighting of every key: 20 bytes a call, 12 for each of its keys, 8 for each row shown. Holds
 * what was done and judges nothing.
 */
export class Ledger {
  readonly #calls = new Table(5);
  readonly #entries = new Table(3);
  readonly #rows = new Table(2);
  #dimension = 0;
  #lastUs = 0;

  /** Length of the rows' vectors; 0 until the collection was created. */
  get dimension(): number {
    return this.#dimension;
  }

  /** Calls that wrote or read. */
  get calls(): number {
    return this.#calls.length;
  }

  /** Keys written and keys read, each as often as it was. */
  get entries(): number {
    return this.#entries.length;
  }

  /** When the last call returned. */
  get lastUs(): number {
    return this.#lastUs;
  }

  /** @throws Error where a client's number is above 1023, or a call took longer than 71 minutes */
  add(call: LedgerCall): void {
    if (call.kind === 'create') this.#dimension = call.dimension;
    else if (call.kind === 'read') this.#addRead(call);
    else this.#addWrite(call);
  }

  call(index: number): CallFacts {
    const calls = this.#calls;
    const facts = calls.get(index, ofCall.facts);
    const calledUs = (facts >>> 16) * word + calls.get(index, ofCall.calledLow);
    return {
      id: calls.get(index, ofCall.id),
      kind: kinds[facts & 3] ?? 'read',
      state: states[(facts >>> 2) & 3] ?? 'unknown',
      level: levels[(facts >>> 4) & 3] ?? 'Strong',
      client: (facts >>> 6) & (mostClients - 1),
      generation: calls.get(index, ofCall.generation),
      calledUs,
      returnedUs: calledUs + calls.get(index, ofCall.durationUs),
    };
  }

  /** An entry is one key of one call. */
  keyOf(entry: number): number {
    return this.#entries.get(entry, ofEntry.key);
  }

  /** For `call`. */
  callOf(entry: number): number {
    return this.#entries.get(entry, ofEntry.call);
  }

  /** For `generationShown` and `checksumShown`; undefined of a write, and where no row was shown. */
  rowOf(entry: number): number | undefined {
    const row = this.#entries.get(entry, ofEntry.row);
    return row === 0 ? undefined : row - 1;
  }

  generationShown(row: number): number {
    return this.#rows.get(row, ofRow.generation);
  }

  checksumShown(row: number): number {
    return this.#rows.get(row, ofRow.checksum);
  }

  /** The entries, key by key in rising order, those of a key in the order of the history. */
  entriesByKey(): Uint32Array {
    return placesInOrder(this.entries, (entry) => this.keyOf(entry));
  }

  #addWrite(write: WriteCall): void {
    const index = this.#addCall(write, write.state, 'Strong', write.generation);
    for (const item of write.keys) {
      if (typeof item === 'number') this.#addEntry(item, index, 0);
      else for (let key = item[0]; key <= item[1]; key += 1) this.#addEntry(key, index, 0);
    }
  }

  /** A read that did not succeed shows nothing, not even that something is absent. */
  #addRead(read: ReadCall): void {
    if (read.rows === undefined) return;
    const index = this.#addCall(read, 'ok', read.level, 0);
    const [asked] = read.keys;
    const [only] = read.rows;
    // By far the most reads that are not of hundreds of keys: no list is needed for them.
    if (read.keys.length === 1 && read.rows.length === 1 && only !== undefined && only[0] === asked) {
      this.#addEntry(asked, index, this.#addRow(only));
      return;
    }
    const shown = new Map<number, number[]>();
    for (const row of read.rows) {
      const [key] = row;
      const place = this.#addRow(row);
      const others = shown.get(key);
      if (others === undefined) shown.set(key, [place]);
      else others.push(place);
    }
    for (const item of read.keys) {
      const [from, to] = typeof item === 'number' ? [item, item] : item;
      for (let key = from; key <= to; key += 1) {
        for (const place of shown.get(key) ?? absent) this.#addEntry(key, index, place);
        shown.delete(key);
      }
    }
    // A row that was not asked for was shown all the same.
    for (const [key, places] of shown) for (const place of places) this.#addEntry(key, index, place);
  }

  /** Its place, from 1. */
  #addRow([, generation, checksum]: RowShown): number {
    const row = this.#rows.append();
    this.#rows.set(row, ofRow.generation, generation);
    this.#rows.set(row, ofRow.checksum, checksum);
    return row + 1;
  }

  #addCall(call: WriteCall | ReadCall, state: WriteCall['state'], level: Level, generation: number): number {
    const calledUs = Math.round(call.calledAt * 1000);
    const durationUs = Math.round(call.returnedAt * 1000) - calledUs;
    if (call.client >= mostClients || durationUs < 0 || durationUs > longestUs) {
      throw new Error(
        `Operation ${call.id} of the history does not fit a ledger: client ${call.client}, ${durationUs} µs.`,
      );
    }
    const index = this.#calls.append();
    this.#calls.set(index, ofCall.id, call.id);
    this.#calls.set(index, ofCall.calledLow, calledUs % word);
    this.#calls.set(index, ofCall.durationUs, durationUs);
    this.#calls.set(index, ofCall.generation, generation);
    const facts = kinds.indexOf(call.kind) | (states.indexOf(state) << 2) | (levels.indexOf(level) << 4);
    const calledHigh = Math.floor(calledUs / word);
    this.#calls.set(index, ofCall.facts, facts | (call.client << 6) | (calledHigh << 16));
    this.#lastUs = Math.max(this.#lastUs, calledUs + durationUs);
    return index;
  }

  #addEntry(key: number, call: number, row: number): void {
    const entry = this.#entries.append();
    this.#entries.set(entry, ofEntry.key, key);
    this.#entries.set(entry, ofEntry.call, call);
    this.#entries.set(entry, ofEntry.row, row);
  }
}

const absent: readonly number[] = [0];
