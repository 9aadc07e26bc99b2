import { z } from 'zod';
import { columns, rowsOfColumns } from '../../../milvus/columns.ts';
import { nearest, packVectors } from '../../oracle.ts';
import { fieldNames } from '../rows.ts';

export type Answer = Record<string, unknown>;

const row = z.object({
  id: z.coerce.number(),
  generation: z.coerce.number(),
  label: z.string(),
  amount: z.number(),
  weight: z.number(),
  active: z.boolean(),
  vector: z.array(z.number()),
});
type Row = z.infer<typeof row>;

/** Rows by key, collection by collection. */
export type Collections = Map<string, Map<number, Row>>;

const ok = { error_code: 'Success', code: 0, reason: '' };

const named = z.object({ collection_name: z.string() });
const written = named.and(columns);
const filtered = named.extend({ expr: z.string(), output_fields: z.array(z.string()).default([]) });
const searched = named.extend({
  placeholder_group: z.instanceof(Uint8Array),
  search_params: z.array(z.object({ key: z.string(), value: z.string() })),
});

/** A Milvus in memory that keeps ledger rows in any number of collections: answers by method, all of them right. */
export const answers = {
  GetVersion: () => ({ status: ok, version: 'v2.6.2' }),
  CreateCollection: (request, collections) => {
    collections.set(named.parse(request).collection_name, new Map());
    return ok;
  },
  DropCollection: (request, collections) => {
    collections.delete(named.parse(request).collection_name);
    return ok;
  },
  ShowCollections: (_request, collections) => ({
    status: ok,
    collection_names: [...collections.keys()],
    collection_ids: [...collections.keys()].map((_name, index) => String(index)),
  }),
  Insert: (request, collections) => ({ status: ok, insert_cnt: write(request, collections) }),
  Upsert: (request, collections) => ({ status: ok, upsert_cnt: write(request, collections) }),
  Delete: (request, collections) => {
    const { expr, collection_name } = filtered.parse(request);
    const rows = collections.get(collection_name);
    const keys = [...expr.matchAll(/\d+/g)].map(([digits]) => Number(digits));
    for (const key of keys) rows?.delete(key);
    return { status: ok, delete_cnt: keys.length };
  },
  Flush: (request) => {
    const [name = ''] = z.object({ collection_names: z.array(z.string()) }).parse(request).collection_names;
    return { status: ok, coll_segIDs: { [name]: { data: ['1'] } }, coll_flush_ts: { [name]: '1' } };
  },
  GetFlushState: () => ({ status: ok, flushed: true }),
  CreateIndex: () => ok,
  DescribeIndex: () => ({
    status: ok,
    index_descriptions: [{ field_name: 'vector', state: 'Finished', indexed_rows: '1', total_rows: '1' }],
  }),
  LoadCollection: () => ok,
  ReleaseCollection: () => ok,
  GetLoadState: () => ({ status: ok, state: 'LoadStateLoaded' }),
  Search: (request, collections) => {
    const { placeholder_group: group, search_params: parameters, collection_name } = searched.parse(request);
    const k = Number(parameters.find(({ key }) => key === 'topk')?.value);
    const rows = [...(collections.get(collection_name)?.values() ?? [])];
    const dimension = rows[0]?.vector.length ?? 0;
    // The vector's bytes are the last field of the message.
    const query = new Float32Array(Uint8Array.from(group.slice(-dimension * 4)).buffer);
    const set = rows.map(({ id, vector }) => ({ id, vector: Float32Array.from(vector) }));
    return searchAnswer(nearest(packVectors(dimension, set), query, k));
  },
  Query: (request, collections) => {
    const { expr, output_fields, collection_name } = filtered.parse(request);
    const rows = collections.get(collection_name) ?? new Map<number, Row>();
    if (output_fields.includes('count(*)')) return countAnswer(rows.size);
    return rowsAnswer(keysIn(expr).flatMap((key) => rows.get(key) ?? []));
  },
} as const satisfies Record<string, (request: unknown, collections: Collections) => Answer>;

export function searchAnswer(hits: readonly { readonly key: number; readonly distance: number }[]): Answer {
  const results = {
    num_queries: '1',
    top_k: String(hits.length),
    scores: hits.map(({ distance }) => distance),
    ids: { int_id: { data: hits.map(({ key }) => String(key)) } },
  };
  return { status: ok, results };
}

export function countAnswer(count: number): Answer {
  const scalars = { long_data: { data: [String(count)] } };
  return { status: ok, fields_data: [{ type: 'Int64', field_name: 'count(*)', scalars }] };
}

function rowsAnswer(rows: readonly Row[]): Answer {
  const data = <T>(read: (row: Row) => T) => ({ data: rows.map(read) });
  return {
    status: ok,
    fields_data: [
      { field_name: 'id', scalars: { long_data: data(({ id }) => String(id)) } },
      { field_name: 'generation', scalars: { long_data: data(({ generation }) => String(generation)) } },
      { field_name: 'label', scalars: { string_data: data(({ label }) => label) } },
      { field_name: 'amount', scalars: { int_data: data(({ amount }) => amount) } },
      { field_name: 'weight', scalars: { float_data: data(({ weight }) => weight) } },
      { field_name: 'active', scalars: { bool_data: data(({ active }) => active) } },
      {
        field_name: 'vector',
        vectors: {
          dim: String(rows[0]?.vector.length ?? 0),
          float_vector: { data: rows.flatMap(({ vector }) => vector) },
        },
      },
    ],
  };
}

function write(request: unknown, collections: Collections): string {
  const answer = written.parse(request);
  const rows = rowsOfColumns(answer, fieldNames).map((each) => row.parse(each));
  const collection = collections.get(answer.collection_name);
  for (const each of rows) collection?.set(each.id, each);
  return String(rows.length);
}

/** `id in [1, 2]`, or `id >= 1 and id <= 2`. */
function keysIn(expr: string): readonly number[] {
  const numbers = [...expr.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  if (expr.includes(' in ')) return numbers;
  const [from = 0, to = -1] = numbers;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
