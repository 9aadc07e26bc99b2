import type { FieldType, FunctionObject } from '@zilliz/milvus2-sdk-node';
import { z } from 'zod';
import type { Field, IndexPlan } from '../workload/scenarios/scenario.ts';
import type { Result } from './outcome.ts';
import { RecordingClient } from './recording-client.ts';
import type { Mark, State } from './requests.ts';

const done = z.object({}).strip();
const id = z.union([z.string(), z.number()]).transform(String);

/** The recording client with the calls that make, move and remove what holds rows. */
export class StructureClient extends RecordingClient {
  version(mark: Mark): Promise<Result<{ version: string }>> {
    const schema = z.object({ version: z.string().min(1) });
    return this.call(mark, 'getVersion', schema, (client, timeout) =>
      this.plain(client.channelPool, 'GetVersion', {}, timeout),
    );
  }

  /** Strong, as every collection of a run is. */
  create(mark: Mark, collection: string, fields: readonly Field[]): Promise<Result<object>> {
    const enable_dynamic_field = fields.some((field) => field.dynamic === true);
    const functions = fields.flatMap(functionOf);
    return this.call(mark, 'createCollection', done, (client, timeout) =>
      client.createCollection({
        collection_name: collection,
        fields: fields.filter((field) => field.dynamic !== true).map(schemaOf),
        consistency_level: 'Strong',
        enable_dynamic_field,
        timeout,
        ...(functions.length > 0 && { functions }),
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

  release(mark: Mark, collection: string): Promise<Result<object>> {
    return this.call(mark, 'releaseCollection', done, (client, timeout) =>
      client.releaseCollection({ collection_name: collection, timeout }),
    );
  }

  compact(mark: Mark, collection: string): Promise<Result<{ id: string }>> {
    const schema = z.object({ compactionID: id }).transform(({ compactionID }) => ({ id: compactionID }));
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

  moveAlias(mark: Mark, collection: string, alias: string): Promise<Result<object>> {
    return this.call(mark, 'alterAlias', done, (client, timeout) =>
      client.alterAlias({ collection_name: collection, alias, timeout }),
    );
  }

  createDatabase(mark: Mark, database: string): Promise<Result<object>> {
    return this.call(mark, 'createDatabase', done, (client, timeout) =>
      client.createDatabase({ db_name: database, timeout }),
    );
  }

  dropDatabase(mark: Mark, database: string): Promise<Result<object>> {
    return this.call(mark, 'dropDatabase', done, (client, timeout) =>
      client.dropDatabase({ db_name: database, timeout }),
    );
  }

  /** Those whose name begins so. */
  listDatabases(mark: Mark, prefix: string): Promise<Result<{ own: string[] }>> {
    const schema = z
      .object({ db_names: z.array(z.string()) })
      .transform(({ db_names }) => ({ own: db_names.filter((name) => name.startsWith(prefix)) }));
    return this.call(mark, 'listDatabases', schema, (client, timeout) => client.listDatabases({ timeout }));
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

/** What computes a field from a text. */
function functionOf({ name, computedFrom }: Field): FunctionObject[] {
  if (computedFrom === undefined) return [];
  const names = { input_field_names: [computedFrom], output_field_names: [name] };
  return [{ name: `bm25_of_${computedFrom}`, type: 'BM25', params: {}, ...names }];
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
    ...(field.analyzed === true && { enable_analyzer: true }),
    ...(field.nullable === true && { nullable: true }),
    ...(field.defaultValue !== undefined && { default_value: field.defaultValue }),
  };
}
