import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Result } from '../milvus/outcome.ts';
import type { Pace } from './pace.ts';
import { countRows, readRows } from './read-rows.ts';
import { failureText, type MilvusReader } from './reader.ts';
import { sampleSearches } from './sample-search.ts';
import { pairs, schemaAnswer } from './schema.ts';
import type { CollectionFacts, IndexFacts } from './snapshot-collection.ts';

/** Partitions whose rows are counted one by one; beyond these only the whole is. */
const countedPartitions = 64;

const described = z.object({
  schema: schemaAnswer,
  collectionID: z.string(),
  shards_num: z.number(),
  aliases: z.array(z.string()).default([]),
  consistency_level: z.string(),
  properties: pairs.default({}),
});
const partitionNames = z
  .object({ partition_names: z.array(z.string()) })
  .transform(({ partition_names }) => partition_names);
const loadState = z.object({ state: z.string() }).transform(({ state }) => state);
const indexList = z
  .object({
    index_descriptions: z.array(z.object({ index_name: z.string(), field_name: z.string(), params: pairs })),
  })
  .transform(({ index_descriptions }): IndexFacts[] =>
    index_descriptions.map(({ index_name: name, field_name: field, params }) => ({ name, field, params })),
  );

const loaded = 'LoadStateLoaded';

export interface CollectionAsked {
  readonly database: string;
  readonly name: string;
  /** Rows read whole at most. */
  readonly rows: number;
  /** What an earlier snapshot found: the same rows and fields are read again. */
  readonly before: CollectionFacts | undefined;
  /** Aborted when a collection that is being loaded is waited for no longer. */
  readonly patience: AbortSignal;
}

/**
 * Reads one collection: what it is, its rows, and answers of searches. Resolves to the failure where it cannot even be
 * described; rejects only when the run was cut short.
 */
export async function takeCollection(
  reader: MilvusReader,
  asked: CollectionAsked,
  pace: Pace,
): Promise<Result<CollectionFacts>> {
  const { database, name } = asked;
  const on = { db_name: database, collection_name: name };
  const description = await reader.read('DescribeCollection', on, described);
  if (description.state !== 'ok') return description;
  const indexes = await readIndexes(reader, on);
  if (indexes.state !== 'ok') return indexes;
  const partitions = await reader.read('ShowPartitions', on, partitionNames);
  if (partitions.state !== 'ok') return partitions;
  const state = await readLoadState(reader, on, asked);
  if (state.state !== 'ok') return state;
  const { schema, ...told } = description.value;
  const isLoaded = state.value === loaded;
  const value: CollectionFacts = {
    database,
    name,
    id: told.collectionID,
    schema,
    shards: told.shards_num,
    consistency: told.consistency_level,
    properties: told.properties,
    indexes: indexes.value.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    partitions: await partitionsOf(reader, asked, partitions.value, isLoaded),
    aliases: told.aliases.toSorted(),
    loadState: state.value,
    rows: isLoaded ? await rowsOf(reader, asked, schema, pace) : { state: 'not-loaded' },
    searches: [],
  };
  if (!isLoaded) return { state: 'ok', value };
  return { state: 'ok', value: { ...value, searches: await sampleSearches(reader, value) } };
}

const lookAgainMs = 1000;

/** A collection that was loaded before may still be on its way, right after an upgrade. */
async function readLoadState(
  reader: MilvusReader,
  on: object,
  { before, patience }: CollectionAsked,
): Promise<Result<string>> {
  for (;;) {
    const state = await reader.read('GetLoadState', on, loadState);
    const isOnItsWay = state.state === 'ok' && state.value === 'LoadStateLoading';
    if (!isOnItsWay || before?.loadState !== loaded || patience.aborted) return state;
    await sleep(lookAgainMs);
  }
}

async function readIndexes(reader: MilvusReader, on: object): Promise<Result<IndexFacts[]>> {
  const answer = await reader.read('DescribeIndex', on, indexList);
  const none =
    answer.state !== 'ok' && /MILVUS_(700|IndexNotExist)|index not found/i.test(failureText(answer));
  return none ? { state: 'ok', value: [] } : answer;
}

function rowsOf(
  reader: MilvusReader,
  { database, name, rows, before }: CollectionAsked,
  schema: CollectionFacts['schema'],
  pace: Pace,
) {
  const as = before?.rows.state === 'read' ? before.rows.sample : undefined;
  return readRows(reader, { database, collection: name, schema, rows, as }, pace);
}

async function partitionsOf(
  reader: MilvusReader,
  { database, name: collection }: CollectionAsked,
  names: readonly string[],
  isLoaded: boolean,
): Promise<CollectionFacts['partitions']> {
  const sorted = names.toSorted();
  if (!isLoaded || sorted.length === 1 || sorted.length > countedPartitions) {
    return sorted.map((name) => ({ name }));
  }
  const found: CollectionFacts['partitions'] = [];
  for (const name of sorted) {
    const answer = await countRows(reader, { database, collection }, name);
    found.push({ name, ...(answer.state === 'ok' && { count: answer.value }) });
  }
  return found;
}
