import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import * as grpc from '@grpc/grpc-js';
import { loadMilvusService } from '../helpers/milvus/service.ts';

/**
 * A Milvus that holds `collections` of `rows` rows each, made as they are asked for: what a snapshot costs its reader is
 * measured, and not what it costs the server. Prints its address. Arguments: collections, rows.
 */
const [collections = 1, rows = 0] = process.argv.slice(2).map(Number);
const dimension = 32;

const ok = { error_code: 'Success', code: 0, reason: '' };
const names = Array.from({ length: collections }, (_, at) => `c${at}`);
const vector = Array.from({ length: dimension }, (_, at) => at / 64);
const params = (given: Record<string, string>) =>
  Object.entries(given).map(([key, value]) => ({ key, value }));
const field = { type_params: [], index_params: [], data_type: 'Int64', is_primary_key: false };

interface Query {
  readonly expr: string;
  readonly output_fields: readonly string[];
  readonly query_params: readonly { readonly key: string; readonly value: string }[];
}

const answers: Readonly<Record<string, (request: Query) => object>> = {
  ListDatabases: () => ({ status: ok, db_names: ['default'] }),
  ShowCollections: () => ({
    status: ok,
    collection_names: names,
    collection_ids: names.map((_, at) => at + 1),
  }),
  DescribeCollection: () => ({
    status: ok,
    collectionID: 1,
    shards_num: 1,
    consistency_level: 'Strong',
    schema: {
      fields: [
        { ...field, name: 'id', is_primary_key: true },
        { ...field, name: 'label', data_type: 'VarChar', type_params: params({ max_length: '64' }) },
        {
          ...field,
          name: 'vector',
          data_type: 'FloatVector',
          type_params: params({ dim: String(dimension) }),
        },
      ],
    },
  }),
  DescribeIndex: () => ({
    status: ok,
    index_descriptions: [
      {
        index_name: 'vector',
        field_name: 'vector',
        params: params({ index_type: 'FLAT', metric_type: 'L2' }),
      },
    ],
  }),
  ShowPartitions: () => ({ status: ok, partition_names: ['_default'] }),
  GetLoadState: () => ({ status: ok, state: 'LoadStateLoaded' }),
  Search: () => ({ status: ok, results: { scores: [1, 2, 3], topks: [3] } }),
  Query: query,
};

function query({ expr, output_fields: fields, query_params: given }: Query): object {
  if (fields[0] === 'count(*)') return page([column('count(*)', [rows])]);
  const limit = Number(given.find(({ key }) => key === 'limit')?.value ?? 0);
  const listed = /in \[(.*)\]/.exec(expr)?.[1]?.split(', ').map(Number);
  const first = Number(/> (\d+)/.exec(expr)?.[1] ?? -1) + 1;
  const keys = listed ?? Array.from({ length: Math.min(limit, rows - first) }, (_, at) => first + at);
  const columns = [column('id', keys)];
  if (fields.includes('label')) {
    columns.push({
      field_name: 'label',
      type: 'VarChar',
      scalars: { string_data: { data: keys.map((key) => `row ${key}`) } },
    });
  }
  if (fields.includes('vector')) {
    const data = keys.flatMap(() => vector);
    columns.push({
      field_name: 'vector',
      type: 'FloatVector',
      vectors: { dim: dimension, float_vector: { data } },
    });
  }
  return page(columns);
}

function column(name: string, data: readonly number[]): object {
  return { field_name: name, type: 'Int64', scalars: { long_data: { data } } };
}

function page(columns: readonly object[]): object {
  return { status: ok, fields_data: columns };
}

const implementation: UntypedServiceImplementation = Object.fromEntries(
  Object.entries(answers).map(([method, answer]) => {
    const unary: handleUnaryCall<Query, object> = ({ request }, callback) => callback(null, answer(request));
    return [method, unary];
  }),
);
const server = new grpc.Server();
server.addService((await loadMilvusService()).service, implementation);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(`127.0.0.1:${port}`);
});
process.once('disconnect', () => process.exit(0));
