import { z } from 'zod';
import type { Result } from '../milvus/outcome.ts';
import type { RecordingClient } from '../milvus/recording-client.ts';
import type { Mark, State } from '../milvus/requests.ts';
import {
  deletedKeys,
  keyField,
  labelField,
  neverWrittenKeys,
  plan,
  queries,
  queriesAfterDelete,
  vectorField,
  vectorOfQuery,
  writtenKeys,
} from './round-trip-plan.ts';
import type { QuerySource, RequestOf, RowSeen, StepName } from './round-trip-record.ts';
import { checksum, rowOf } from './seeded.ts';
import { waitUntilDone } from './wait.ts';

/** What every step needs. */
export interface Trip {
  readonly client: RecordingClient;
  readonly seed: number;
  readonly collection: string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  /** On the clock of `now`, ms. */
  readonly deadline: number;
  readonly now: () => number;
}

interface Step {
  readonly name: StepName;
  /** Resolves to the reason for which no later step makes sense. */
  readonly run: (trip: Trip) => Promise<string | undefined>;
}

/** In this order. Reads that fail stop nothing: each is judged for itself. */
export const roundTripSteps: readonly Step[] = [
  { name: 'create', run: create },
  { name: 'insert', run: insert },
  { name: 'flush', run: flush },
  { name: 'create index', run: buildIndex },
  { name: 'load', run: load },
  { name: 'search', run: (trip) => search(trip, 'search', queries) },
  { name: 'read rows', run: (trip) => readRows(trip, 'read rows', writtenKeys) },
  {
    name: 'read keys never written',
    run: (trip) => readRows(trip, 'read keys never written', neverWrittenKeys),
  },
  { name: 'count', run: (trip) => count(trip, 'count') },
  { name: 'delete', run: deleteRows },
  { name: 'search after delete', run: (trip) => search(trip, 'search after delete', queriesAfterDelete) },
  { name: 'read rows after delete', run: (trip) => readRows(trip, 'read rows after delete', writtenKeys) },
  { name: 'count after delete', run: (trip) => count(trip, 'count after delete') },
  { name: 'drop', run: drop },
];

function mark<S extends StepName>(step: S, request: RequestOf<S>): Mark {
  return { step, request };
}

function refusal(result: Result<unknown>): string | undefined {
  return result.state === 'ok' ? undefined : `${result.code}: ${result.message}`;
}

async function create({ client, collection }: Trip): Promise<string | undefined> {
  const { dimension } = plan;
  const fields = [
    { name: keyField, data_type: 'Int64' as const, is_primary_key: true, autoID: false },
    { name: labelField, data_type: 'VarChar' as const, max_length: 64 },
    { name: vectorField, data_type: 'FloatVector' as const, dim: dimension },
  ];
  return refusal(
    await client.createCollection(mark('create', { collection, dimension }), collection, fields),
  );
}

async function insert({ client, collection, seed }: Trip): Promise<string | undefined> {
  for (const keys of inChunks(writtenKeys, plan.rowsPerInsert)) {
    const rows = keys.map((key) => {
      const row = rowOf(seed, key, plan.dimension);
      return { [keyField]: key, [labelField]: row.label, [vectorField]: [...row.vector] };
    });
    const request = { collection, firstKey: keys[0] ?? 0, rows: keys.length };
    const result = await client.insert(mark('insert', request), collection, rows);
    if (result.state !== 'ok') return refusal(result);
    if (result.value.inserted !== keys.length)
      return `${result.value.inserted} of ${keys.length} rows acknowledged.`;
  }
  return undefined;
}

async function flush(trip: Trip): Promise<string | undefined> {
  const { client, collection } = trip;
  const flushing = await client.flush(mark('flush', { collection }), collection);
  if (flushing.state !== 'ok') return refusal(flushing);
  return waitFor(trip, 'flush state', 'the flush to end', (asked) =>
    client.flushState(asked, collection, flushing.value),
  );
}

async function buildIndex(trip: Trip): Promise<string | undefined> {
  const { client, collection } = trip;
  const index = { field: vectorField, type: 'FLAT', metric: 'L2' } as const;
  const created = await client.createIndex(mark('create index', { collection }), collection, index);
  if (created.state !== 'ok') return refusal(created);
  return waitFor(trip, 'index state', 'the index to be built', (asked) =>
    client.indexState(asked, collection, vectorField),
  );
}

async function load(trip: Trip): Promise<string | undefined> {
  const { client, collection } = trip;
  const loading = await client.load(mark('load', { collection }), collection);
  if (loading.state !== 'ok') return refusal(loading);
  return waitFor(trip, 'load state', 'the load to end', (asked) => client.loadState(asked, collection));
}

function waitFor(
  trip: Trip,
  step: 'flush state' | 'index state' | 'load state',
  what: string,
  ask: (asked: Mark) => Promise<Result<State>>,
): Promise<string | undefined> {
  const { collection, now, signal, progress } = trip;
  const budgetMs = Math.max(0, Math.round(Math.min(plan.waitBudgetMs, trip.deadline - now())));
  const asked = mark(step, { collection, budgetMs });
  return waitUntilDone(() => ask(asked), { what, budgetMs, signal, now, progress });
}

async function search(
  { client, collection, seed }: Trip,
  step: 'search' | 'search after delete',
  sources: readonly QuerySource[],
): Promise<undefined> {
  const { k, dimension } = plan;
  for (const query of sources) {
    const vector = vectorOfQuery(seed, query, dimension);
    const request = { field: vectorField, vector, k, metric: 'L2', keyField } as const;
    await client.search(mark(step, { collection, query, k }), collection, request);
  }
}

async function readRows(
  { client, collection }: Trip,
  step: 'read rows' | 'read keys never written' | 'read rows after delete',
  keys: readonly number[],
): Promise<undefined> {
  for (const some of inChunks(keys, plan.keysPerQuery)) {
    await client.query(mark(step, { collection, keys: some }), collection, {
      filter: filterOf(some),
      fields: [keyField, labelField, vectorField],
      row: rowRead,
    });
  }
}

/** What the history keeps of a row. */
const rowRead = z
  .object({ [keyField]: z.coerce.number(), [labelField]: z.string(), [vectorField]: z.array(z.number()) })
  .transform((row): RowSeen => ({ key: row.id, checksum: checksum(row) }));

async function count({ client, collection }: Trip, step: 'count' | 'count after delete'): Promise<undefined> {
  await client.count(mark(step, { collection }), collection);
}

async function deleteRows({ client, collection }: Trip): Promise<string | undefined> {
  const keys = [...deletedKeys];
  return refusal(await client.delete(mark('delete', { collection, keys }), collection, filterOf(keys)));
}

async function drop({ client, collection }: Trip): Promise<string | undefined> {
  return refusal(await client.dropCollection(mark('drop', { collection }), collection));
}

function filterOf(keys: readonly number[]): string {
  return `${keyField} in [${keys.join(', ')}]`;
}

function inChunks(keys: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(keys.length / size) }, (_, index) =>
    keys.slice(index * size, (index + 1) * size),
  );
}
