import { z } from 'zod';
import { nearest, packVectors } from '../../workload/oracle.ts';

export type Answer = Record<string, unknown>;

interface Row {
  readonly id: number;
  readonly label: string;
  readonly vector: Float32Array;
}

export interface State {
  readonly rows: Map<number, Row>;
  collection: { readonly name: string; readonly consistency: string } | undefined;
}

const ok = { error_code: 'Success', code: 0, reason: '' };

const created = z.object({ collection_name: z.string(), consistency_level: z.string() });
const inserted = z.object({
  fields_data: z.array(
    z.object({
      field_name: z.string(),
      scalars: z
        .object({
          long_data: z.object({ data: z.array(z.coerce.number()) }).nullish(),
          string_data: z.object({ data: z.array(z.string()) }).nullish(),
        })
        .nullish(),
      vectors: z
        .object({
          dim: z.coerce.number(),
          float_vector: z.object({ data: z.array(z.number()) }).nullish(),
        })
        .nullish(),
    }),
  ),
});
const searched = z.object({
  placeholder_group: z.instanceof(Uint8Array),
  search_params: z.array(z.object({ key: z.string(), value: z.string() })),
});
const expression = z.object({ expr: z.string(), output_fields: z.array(z.string()).default([]) });

/** Answers by method, correct for the round trip's schema: `id`, `label`, `vector`. */
const answers = {
  GetVersion: () => ({ status: ok, version: 'v2.6.2' }),
  CheckHealth: () => ({ status: ok, isHealthy: true, reasons: [] }),
  GetComponentStates: () => ({
    status: ok,
    state: { nodeID: '7', role: 'proxy', state_code: 'Healthy' },
    subcomponent_states: [],
  }),
  CreateCollection: (request: unknown, state: State) => {
    const { collection_name: name, consistency_level: consistency } = created.parse(request);
    state.collection = { name, consistency };
    return ok;
  },
  DescribeCollection: (_request: unknown, state: State) =>
    state.collection === undefined
      ? { status: { error_code: 'CollectionNotExists', code: 100, reason: 'collection not found' } }
      : {
          status: ok,
          collection_name: state.collection.name,
          consistency_level: state.collection.consistency,
          schema: {
            name: state.collection.name,
            fields: [
              { name: 'id', fieldID: '100', data_type: 'Int64', is_primary_key: true },
              { name: 'label', fieldID: '101', data_type: 'VarChar', type_params: [] },
              {
                name: 'vector',
                fieldID: '102',
                data_type: 'FloatVector',
                type_params: [{ key: 'dim', value: '32' }],
              },
            ],
          },
        },
  Insert: (request: unknown, state: State) => {
    const rows = rowsOf(request);
    for (const row of rows) state.rows.set(row.id, row);
    return { status: ok, insert_cnt: String(rows.length) };
  },
  Delete: (request: unknown, state: State) => {
    const keys = keysOf(expression.parse(request).expr);
    for (const key of keys) state.rows.delete(key);
    return { status: ok, delete_cnt: String(keys.length) };
  },
  Flush: (_request: unknown, state: State) => {
    const name = state.collection?.name ?? '';
    return {
      status: ok,
      coll_segIDs: { [name]: { data: ['454545454545454545'] } },
      coll_flush_ts: { [name]: '454545454545454546' },
    };
  },
  GetFlushState: () => ({ status: ok, flushed: true }),
  CreateIndex: () => ok,
  DescribeIndex: () => ({
    status: ok,
    index_descriptions: [
      { field_name: 'vector', state: 'Finished', indexed_rows: '1200', total_rows: '1200' },
    ],
  }),
  LoadCollection: () => ok,
  GetLoadState: () => ({ status: ok, state: 'LoadStateLoaded' }),
  Search: (request: unknown, state: State) => {
    const { placeholder_group: group, search_params: parameters } = searched.parse(request);
    const k = Number(parameters.find(({ key }) => key === 'topk')?.value);
    // The vector's bytes are the last field of the message.
    const query = new Float32Array(Uint8Array.from(group.slice(-32 * 4)).buffer);
    const hits = nearest(packVectors(32, [...state.rows.values()]), query, k);
    return searchAnswer(hits.map(({ key, distance }) => [key, distance]));
  },
  Query: (request: unknown, state: State) => {
    const { expr, output_fields: fields } = expression.parse(request);
    if (fields.includes('count(*)')) return countAnswer(state.rows.size);
    return rowsAnswer(keysOf(expr).flatMap((key) => state.rows.get(key) ?? []));
  },
  DropCollection: (_request: unknown, state: State) => {
    state.collection = undefined;
    return ok;
  },
  ShowCollections: (_request: unknown, state: State) => {
    const names = [
      'a_collection_of_the_user',
      ...(state.collection === undefined ? [] : [state.collection.name]),
    ];
    return { status: ok, collection_names: names, collection_ids: names.map((_, index) => String(index)) };
  },
} as const satisfies Record<string, (request: unknown, state: State) => Answer>;

export type Method = keyof typeof answers;
export const methods = Object.keys(answers).filter((name): name is Method => name in answers);

export function answerOf(method: Method, request: unknown, state: State): Answer {
  return answers[method](request, state);
}

export function searchAnswer(hits: readonly (readonly [key: number, distance: number])[]): Answer {
  const ids = hits.map(([key]) => String(key));
  const results = {
    num_queries: '1',
    top_k: String(hits.length),
    topks: [String(hits.length)],
    scores: hits.map(([, distance]) => distance),
    ids: { int_id: { data: ids } },
    output_fields: ['id'],
    fields_data: [{ type: 'Int64', field_name: 'id', scalars: { long_data: { data: ids } } }],
  };
  return { status: ok, results };
}

export function rowsAnswer(rows: readonly Row[]): Answer {
  const vectors = { dim: '32', float_vector: { data: rows.flatMap((row) => [...row.vector]) } };
  const ids = { long_data: { data: rows.map((row) => String(row.id)) } };
  const labels = { string_data: { data: rows.map((row) => row.label) } };
  const fields = [
    { type: 'Int64', field_name: 'id', scalars: ids },
    { type: 'VarChar', field_name: 'label', scalars: labels },
    { type: 'FloatVector', field_name: 'vector', vectors },
  ];
  return { status: ok, fields_data: fields, output_fields: ['id', 'label', 'vector'] };
}

export function countAnswer(count: number): Answer {
  const scalars = { long_data: { data: [String(count)] } };
  return { status: ok, fields_data: [{ type: 'Int64', field_name: 'count(*)', scalars }] };
}

function rowsOf(request: unknown): Row[] {
  const fields = new Map(inserted.parse(request).fields_data.map((field) => [field.field_name, field]));
  const keys = fields.get('id')?.scalars?.long_data?.data ?? [];
  const labels = fields.get('label')?.scalars?.string_data?.data ?? [];
  const vectors = fields.get('vector')?.vectors?.float_vector?.data ?? [];
  return keys.map((id, index) => ({
    id,
    label: labels[index] ?? '',
    vector: Float32Array.from(vectors.slice(index * 32, (index + 1) * 32)),
  }));
}

function keysOf(expr: string): number[] {
  return [...expr.matchAll(/\d+/g)].map(([digits]) => Number(digits));
}
