import type { FieldType } from '@zilliz/milvus2-sdk-node';
import { z } from 'zod';
import type { Recorder } from '../workload/recorder.ts';
import type { Field, IndexPlan } from '../workload/scenarios/scenario.ts';
import type { Row, Value } from '../workload/scenarios/values.ts';
import type { Result } from './outcome.ts';
import { RecordingClient } from './recording-client.ts';
import type { Mark, State } from './requests.ts';
import { type CallLimits, openSdk } from './sdk.ts';
import type { MilvusTarget } from './target.ts';

/** Where a read looks, and how fresh it must be; without a level, the collection's own. */
export interface Reading {
  readonly partitions?: readonly string[];
  readonly level?: string;
}

export interface Selection<T> extends Reading {
  readonly filter: string;
  readonly fields: readonly string[];
  readonly row: z.ZodType<T>;
  readonly limit?: number;
}

export interface VectorSearch extends Reading {
  readonly field: string;
  readonly vector: Value;
  readonly k: number;
  readonly metric: string;
  readonly keyField: string;
  readonly filter?: string;
  readonly params: Readonly<Record<string, number>>;
  readonly groupBy?: string;
}

/** Keys are text: a 64-bit number fits no JavaScript number. */
export interface Hit {
  readonly key: string;
  readonly distance: number;
}

const done = z.object({}).strip();
const number = z.coerce.number();
const key = z.union([z.string(), z.number()]).transform(String);
const ids = z
  .object({
    int_id: z.object({ data: z.array(key) }).nullish(),
    str_id: z.object({ data: z.array(key) }).nullish(),
  })
  .transform(({ int_id, str_id }) => int_id?.data ?? str_id?.data ?? []);

/** Opens a client of one proxy for the scenarios. Every call is recorded and sent once. */
export async function openScenarioClient(
  target: MilvusTarget,
  recorder: Recorder,
  limits: CallLimits,
): Promise<ScenarioClient> {
  const [client, sdk] = await Promise.all([openSdk(target, limits), import('@zilliz/milvus2-sdk-node')]);
  return new ScenarioClient(client, sdk.promisify, recorder, limits);
}

/** The recording client with what scenarios use besides. */
export class ScenarioClient extends RecordingClient {
  version(mark: Mark): Promise<Result<{ version: string }>> {
    const schema = z.object({ version: z.string().min(1) });
    return this.call(mark, 'getVersion', schema, (client, timeout) =>
      this.plain(client.channelPool, 'GetVersion', {}, timeout),
    );
  }

  /** Strong, as every collection of a run is. */
  create(mark: Mark, collection: string, fields: readonly Field[]): Promise<Result<object>> {
    const enable_dynamic_field = fields.some((field) => field.dynamic === true);
    return this.call(mark, 'createCollection', done, (client, timeout) =>
      client.createCollection({
        collection_name: collection,
        fields: fields.filter((field) => field.dynamic !== true).map(schemaOf),
        consistency_level: 'Strong',
        enable_dynamic_field,
        timeout,
      }),
    );
  }

  buildIndex(mark: Mark, collection: string, index: IndexPlan): Promise<Result<object>> {
    const { field, type, metric, params = {} } = index;
    return this.call(mark, 'createIndex', done, (client, timeout) =>
      client.createIndex({
        collection_name: collection,
        field_name: field,
        index_name: field,
        index_type: type,
        metric_type: metric,
        params: { ...params },
        timeout,
      }),
    );
  }

  /** `keys`: as the server gave them, in the order of the rows. */
  write(
    mark: Mark,
    call: 'insert' | 'upsert',
    collection: string,
    rows: readonly Row[],
    partition?: string,
  ): Promise<Result<{ count: number; keys: string[] }>> {
    const schema = z
      .object({ insert_cnt: number, upsert_cnt: number.default(0), IDs: ids.nullish() })
      .transform((answer) => ({
        count: call === 'insert' ? answer.insert_cnt : answer.upsert_cnt,
        keys: answer.IDs ?? [],
      }));
    return this.call(mark, call, schema, (client, timeout) => {
      const request = {
        collection_name: collection,
        data: rows.map((row) => ({ ...row })),
        timeout,
        ...(partition !== undefined && { partition_name: partition }),
      };
      return call === 'insert' ? client.insert(request) : client.upsert(request);
    });
  }

  /** An insert as it is given, past the SDK's own checks: what is wrong with it is the server's to say. */
  insertPlain(mark: Mark, request: object): Promise<Result<{ count: number }>> {
    const schema = z.object({ insert_cnt: number }).transform((answer) => ({ count: answer.insert_cnt }));
    return this.call(mark, 'insert', schema, (client, timeout) =>
      this.plain(client.channelPool, 'Insert', request, timeout),
    );
  }

  remove(
    mark: Mark,
    collection: string,
    filter: string,
    partition?: string,
  ): Promise<Result<{ deleted: number }>> {
    const schema = z.object({ delete_cnt: number }).transform((answer) => ({ deleted: answer.delete_cnt }));
    return this.call(mark, 'delete', schema, (client, timeout) =>
      client.deleteEntities({
        collection_name: collection,
        filter,
        timeout,
        ...(partition !== undefined && { partition_name: partition }),
      }),
    );
  }

  select<T>(mark: Mark, collection: string, asked: Selection<T>): Promise<Result<{ rows: T[] }>> {
    const schema = z.object({ data: z.array(asked.row) }).transform(({ data }) => ({ rows: data }));
    return this.call(mark, 'query', schema, (client, timeout) =>
      client.query({
        collection_name: collection,
        filter: asked.filter,
        output_fields: [...asked.fields],
        timeout,
        ...(asked.limit !== undefined && { limit: asked.limit }),
        ...readingOf(asked),
      }),
    );
  }

  countRows(
    mark: Mark,
    collection: string,
    filter: string,
    reading: Reading,
  ): Promise<Result<{ count: number }>> {
    const schema = z
      .object({ data: z.tuple([z.object({ 'count(*)': number })]) })
      .transform(({ data: [counted] }) => ({ count: counted['count(*)'] }));
    return this.call(mark, 'query', schema, (client, timeout) =>
      client.query({
        collection_name: collection,
        filter,
        output_fields: ['count(*)'],
        timeout,
        ...readingOf(reading),
      }),
    );
  }

  nearest(mark: Mark, collection: string, asked: VectorSearch): Promise<Result<{ hits: Hit[] }>> {
    const hit = z.object({ [asked.keyField]: key, score: number });
    const schema = z.object({ results: z.array(hit) }).transform(({ results }) => ({
      hits: results.map((each) => ({ key: String(each[asked.keyField]), distance: Number(each['score']) })),
    }));
    return this.call(mark, 'search', schema, (client, timeout) =>
      client.search({
        collection_name: collection,
        anns_field: asked.field,
        data: vectorSent.parse(asked.vector),
        limit: asked.k,
        metric_type: asked.metric,
        output_fields: [asked.keyField],
        params: { ...asked.params },
        timeout,
        ...(asked.filter !== undefined && { filter: asked.filter }),
        ...(asked.groupBy !== undefined && { group_by_field: asked.groupBy }),
        ...readingOf(asked),
      }),
    );
  }

  release(mark: Mark, collection: string): Promise<Result<object>> {
    return this.call(mark, 'releaseCollection', done, (client, timeout) =>
      client.releaseCollection({ collection_name: collection, timeout }),
    );
  }

  compact(mark: Mark, collection: string): Promise<Result<{ id: string }>> {
    const schema = z.object({ compactionID: key }).transform(({ compactionID }) => ({ id: compactionID }));
    return this.call(mark, 'compact', schema, (client, timeout) =>
      client.compact({ collection_name: collection, timeout }),
    );
  }

  compactionState(mark: Mark, id: string): Promise<Result<State>> {
    const schema = z
      .object({ state: z.string() })
      .transform(({ state }) => ({ done: state === 'Completed', state }));
    return this.call(mark, 'getCompactionState', schema, (client, timeout) =>
      this.plain(client.channelPool, 'GetCompactionState', { compactionID: id }, timeout),
    );
  }

  createAlias(mark: Mark, collection: string, alias: string): Promise<Result<object>> {
    return this.call(mark, 'createAlias', done, (client, timeout) =>
      client.createAlias({ collection_name: collection, alias, timeout }),
    );
  }

  dropAlias(mark: Mark, alias: string): Promise<Result<object>> {
    return this.call(mark, 'dropAlias', done, (client, timeout) => client.dropAlias({ alias, timeout }));
  }

  createPartition(mark: Mark, collection: string, partition: string): Promise<Result<object>> {
    return this.call(mark, 'createPartition', done, (client, timeout) =>
      client.createPartition({ collection_name: collection, partition_name: partition, timeout }),
    );
  }

  dropPartition(mark: Mark, collection: string, partition: string): Promise<Result<object>> {
    return this.call(mark, 'dropPartition', done, (client, timeout) =>
      client.dropPartition({ collection_name: collection, partition_name: partition, timeout }),
    );
  }
}

const vectorSent = z.union([z.array(z.number()), z.record(z.string(), z.number())]);

/** `Strong` only as a text: the SDK drops the number 0 that stands for it. */
function readingOf({ partitions, level }: Reading): object {
  return {
    ...(partitions !== undefined && { partition_names: [...partitions] }),
    ...(level !== undefined && { consistency_level: level }),
  };
}

function schemaOf(field: Field): FieldType {
  return {
    name: field.name,
    data_type: field.type,
    ...(field.key !== undefined && { is_primary_key: true, autoID: field.key === 'generated' }),
    ...(field.partitionKey === true && { is_partition_key: true }),
    ...(field.maxLength !== undefined && { max_length: field.maxLength }),
    ...(field.dimension !== undefined && { dim: field.dimension }),
    ...(field.element !== undefined && { element_type: field.element }),
    ...(field.capacity !== undefined && { max_capacity: field.capacity }),
    ...(field.nullable === true && { nullable: true }),
    ...(field.defaultValue !== undefined && { default_value: field.defaultValue }),
  };
}
