import type { Failure, Result } from '../../milvus/outcome.ts';
import { keyListOf, type RowShown, type WriteCall, writeState } from '../ledger/record.ts';
import { readRequest, writeRequest } from '../ledger/request.ts';
import type { LoadClients } from './clients.ts';
import type { LoadSettings } from './contract.ts';
import { type Probe, probes } from './record.ts';
import { byKeys, byRange, fieldNames, packedRowsOf, rowShown } from './rows.ts';
import type { Read } from './still-calls.ts';

/** Who makes a call of the ledger, and what else its history says of it. */
export interface LedgerCaller {
  readonly settings: Pick<LoadSettings, 'plan' | 'keys'>;
  readonly clients: LoadClients;
  readonly step: string;
  readonly also?: Readonly<Record<string, unknown>>;
}

/** The number of the client: that of the probe; calls before and after the load have the next one. */
export const clientOf = (probe: Probe | undefined): number =>
  probe === undefined ? probes.length : probes.indexOf(probe);

/**
 * Writes keys that `LedgerKeys` gave for it, and tells it what came of that.
 *
 * @returns the failure, or undefined where it was acknowledged
 */
export async function writeKeys(
  { settings: { plan, keys: known }, clients, step, also }: LedgerCaller,
  kind: WriteCall['kind'],
  keys: readonly number[],
  client: number,
): Promise<Failure | undefined> {
  const collection = plan.collections.ledger;
  const generation = kind === 'delete' ? 0 : known.nextGeneration();
  const write = kind === 'delete' ? { kind } : { kind, generation };
  const mark = { step, request: { ...writeRequest(collection, write, keys, client), ...also } };
  const list = keyListOf(keys);
  const learn = (state: WriteCall['state']) => known.learn({ kind, keys: list, generation, state });
  if (kind === 'delete') {
    const deleted = await clients.lean.delete(mark, collection, byKeys(keys));
    learn(deleted.state);
    return deleted.state === 'ok' ? undefined : deleted;
  }
  const written = await clients.writer.write(mark, kind, collection, packedRowsOf(plan, keys, generation));
  learn(writeState(written.state, list, written.state === 'ok' ? written.value.rows : undefined));
  return written.state === 'ok' ? undefined : written;
}

/** Reads keys, each by itself. */
export function readKeys(
  caller: LedgerCaller,
  keys: readonly number[],
  client: number,
): Promise<Result<{ rows: RowShown[] }>> {
  return read(caller, keys, byKeys(keys), client);
}

/** Reads every key of a range with both ends. */
export async function readRange(caller: LedgerCaller, from: number, to: number): Promise<Read> {
  const keys = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return { request: {}, outcome: await read(caller, keys, byRange(from, to), clientOf(undefined)) };
}

/** Counts the rows, of which there must be as many as the keys' writes allow. */
export async function countLedger({
  settings: { plan, keys },
  clients,
  step,
  also,
}: LedgerCaller): Promise<Read> {
  const collection = plan.collections.ledger;
  const request = { collection, check: 'count' satisfies Probe, ...keys.rows(), ...also };
  return { request, outcome: await clients.lean.count({ step, request }, collection) };
}

function read(
  { settings: { plan }, clients, step, also }: LedgerCaller,
  keys: readonly number[],
  filter: string,
  client: number,
): Promise<Result<{ rows: RowShown[] }>> {
  const collection = plan.collections.ledger;
  const mark = { step, request: { ...readRequest(collection, 'Strong', keys, client), ...also } };
  return clients.lean.query(mark, collection, { filter, fields: fieldNames, row: rowShown });
}
