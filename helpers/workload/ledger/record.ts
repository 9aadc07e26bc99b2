import type { Operation } from '../history.ts';

/**
 * What a workload that keeps a ledger writes into its history, and the ledger reads. One call may hold many keys:
 *
 * | `request.ledger` | more of the request | value of success |
 * |---|---|---|
 * | `create` | `dimension` | |
 * | `insert`, `upsert` | `keys`, `generation`, `client` | `rows`: how many Milvus acknowledged |
 * | `delete` | `keys`, `client` | |
 * | `read` | `keys`, `level`, `client` | `rows`: `[key, generation, checksum]` of each row shown |
 *
 * Each write of a key has a generation of its own, so that a row read tells which write it is of. An insert is of a
 * key that cannot be there; an unknown insert is repeated as an upsert.
 */
export type LedgerCall = CreateCall | WriteCall | ReadCall;

interface CreateCall {
  readonly kind: 'create';
  readonly dimension: number;
}

interface KeyedCall extends Pick<Operation, 'id' | 'calledAt' | 'returnedAt'> {
  readonly keys: KeyList;
  /** Number of the client that made the call: what `Session` is about. */
  readonly client: number;
}

export interface WriteCall extends KeyedCall {
  readonly kind: 'insert' | 'upsert' | 'delete';
  /** Of the rows written, from 0; of a delete 0. */
  readonly generation: number;
  /** `ok`: acknowledged in full. `fail`: certainly not applied. */
  readonly state: 'ok' | 'fail' | 'unknown';
}

export interface ReadCall extends KeyedCall {
  readonly kind: 'read';
  readonly level: Level;
  /** Undefined where the read did not succeed. */
  readonly rows: readonly RowShown[] | undefined;
}

export const levels = ['Strong', 'Bounded', 'Session', 'Eventually'] as const;
export type Level = (typeof levels)[number];

/** Keys in rising order, each by itself or as a range with both ends. From 0 to 2^32 - 1. */
export type KeyList = readonly (number | readonly [from: number, to: number])[];

/** A row as a read showed it; the checksum is `checksumOfRow`'s, over what was read. */
export type RowShown = readonly [key: number, generation: number, checksum: number];

/**
 * The call of the ledger that an operation is; undefined where it is another.
 *
 * @throws Error that names the operation, where it is not what this version writes
 */
export function ledgerCallOf(operation: Operation): LedgerCall | undefined {
  const { request, outcome } = operation;
  const kind = request['ledger'];
  if (kind === undefined) return undefined;
  if (kind === 'create') return { kind, dimension: whole(operation, 'dimension', request['dimension']) };
  const call = {
    id: operation.id,
    calledAt: operation.calledAt,
    returnedAt: operation.returnedAt,
    keys: keysIn(operation),
    client: whole(operation, 'client', request['client']),
  };
  if (kind === 'read') return { ...call, kind, level: levelIn(operation), rows: rowsIn(operation) };
  if (kind === 'delete') return { ...call, kind, generation: 0, state: outcome.state };
  if (kind !== 'insert' && kind !== 'upsert') throw malformed(operation, 'ledger', kind);
  return {
    ...call,
    kind,
    generation: whole(operation, 'generation', request['generation']),
    state: writeState(outcome.state, call.keys, acknowledged(operation)),
  };
}

/** A write that is not acknowledged in full is unknown for each of its keys: the answer does not say which. */
export function writeState(
  answered: WriteCall['state'],
  keys: KeyList,
  acknowledged: unknown,
): WriteCall['state'] {
  return answered === 'ok' && acknowledged !== countKeys(keys) ? 'unknown' : answered;
}

/** Sorted keys with runs as ranges, as short as they can be written. */
export function keyListOf(keys: Iterable<number>): KeyList {
  const runs: [from: number, to: number][] = [];
  for (const key of [...keys].toSorted((left, right) => left - right)) {
    const run = runs.at(-1);
    if (run !== undefined && key === run[1] + 1) run[1] = key;
    else runs.push([key, key]);
  }
  return runs.map(([from, to]) => (from === to ? from : [from, to]));
}

function countKeys(keys: KeyList): number {
  let count = 0;
  for (const item of keys) count += typeof item === 'number' ? 1 : item[1] - item[0] + 1;
  return count;
}

const largest = 2 ** 32 - 1;

// By hand, not by schema: it is asked ten million times, and a schema library takes a microsecond each time.
function whole(operation: Operation, name: string, value: unknown): number {
  if (isWord(value)) return value;
  throw malformed(operation, name, value);
}

function keysIn(operation: Operation): KeyList {
  const { keys } = operation.request;
  if (isKeyList(keys)) return keys;
  throw malformed(operation, 'keys', keys);
}

function isKeyList(value: unknown): value is KeyList {
  if (!Array.isArray(value)) return false;
  let last = -1;
  for (const item of value) {
    if (!isWord(item) && !isRange(item)) return false;
    const [from, to] = isWord(item) ? [item, item] : item;
    if (from <= last) return false;
    last = to;
  }
  return true;
}

function isRange(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && isRising(value[0], value[1]);
}

function isRising(from: unknown, to: unknown): boolean {
  return isWord(from) && isWord(to) && from <= to;
}

function isWord(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= largest && Number.isInteger(value);
}

function levelIn(operation: Operation): Level {
  const { level } = operation.request;
  const found = levels.find((each) => each === level);
  if (found === undefined) throw malformed(operation, 'level', level);
  return found;
}

function acknowledged({ outcome }: Operation): unknown {
  return outcome.state === 'ok' ? valueOf(outcome.value, 'rows') : undefined;
}

function rowsIn(operation: Operation): readonly RowShown[] | undefined {
  const { outcome } = operation;
  if (outcome.state !== 'ok') return undefined;
  const rows = valueOf(outcome.value, 'rows');
  if (isRows(rows)) return rows;
  throw malformed(operation, 'rows', rows);
}

function isRows(value: unknown): value is readonly RowShown[] {
  return (
    Array.isArray(value) &&
    value.every((row: unknown) => Array.isArray(row) && row.length === 3 && row.every(isWord))
  );
}

function valueOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function malformed({ id }: Operation, name: string, value: unknown): Error {
  const text = JSON.stringify(value) ?? 'missing';
  return new Error(
    `Operation ${id} of the history is no call of a ledger that can be read: ${name} is ${text.slice(0, 80)}.`,
  );
}
