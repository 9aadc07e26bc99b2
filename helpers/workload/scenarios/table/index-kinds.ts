import type { IndexPlan, Scenario, SearchStep } from '../scenario.ts';
import { whole } from '../values.ts';
import { embedding, id } from './fields.ts';

interface Kind extends Pick<IndexPlan, 'type' | 'metric' | 'params'> {
  /** Parameters of a search. */
  readonly search?: Readonly<Record<string, number>>;
  /** Share of the exact answer that must be found; without it, all of it. */
  readonly recall?: number;
  readonly optional?: true;
}

/**
 * Floors are well under what each kind reaches on random vectors with parameters as wide as these, so that only a
 * broken index falls below. On Milvus 2.3.5, of these rows: IVF_FLAT and SCANN 1.00, HNSW and IVF_SQ8 0.99 to 1.00. An
 * AUTOINDEX takes no parameters: 0.80 to 0.95 there.
 */
const kinds: readonly Kind[] = [
  { type: 'FLAT', metric: 'IP' },
  { type: 'FLAT', metric: 'COSINE' },
  { type: 'IVF_FLAT', metric: 'L2', params: { nlist: 16 }, search: { nprobe: 16 }, recall: 0.95 },
  { type: 'IVF_SQ8', metric: 'L2', params: { nlist: 16 }, search: { nprobe: 16 }, recall: 0.8 },
  { type: 'HNSW', metric: 'L2', params: { M: 16, efConstruction: 200 }, search: { ef: 200 }, recall: 0.9 },
  {
    type: 'SCANN',
    metric: 'L2',
    params: { nlist: 16 },
    search: { nprobe: 16, reorder_k: 200 },
    recall: 0.8,
    optional: true,
  },
  { type: 'DISKANN', metric: 'L2', search: { search_list: 100 }, recall: 0.8, optional: true },
  { type: 'AUTOINDEX', metric: 'COSINE', recall: 0.6 },
];

/** More than the rows below which Milvus leaves a segment without an index. */
const rows = 1500;

function scenarioOf({ type, metric, params, search, recall, optional }: Kind): Scenario {
  const look: SearchStep = {
    act: 'search',
    field: 'embedding',
    queries: 10,
    k: 10,
    ...(search !== undefined && { params: search }),
    ...(recall !== undefined && { recall }),
  };
  return {
    name: `index ${type} by ${metric}`,
    ...(optional !== undefined && { optional }),
    fields: [id, { name: 'shelf', type: 'Int64', value: whole(4) }, embedding],
    indexes: [{ field: 'embedding', type, metric, ...(params !== undefined && { params }) }],
    steps: [
      { act: 'insert', rows: { from: 1, to: rows } },
      { act: 'flush' },
      { act: 'index' },
      { act: 'load' },
      look,
      { ...look, filter: { text: 'shelf == 2', matches: ({ shelf }) => shelf === 2 } },
      { act: 'delete', rows: { from: 1, to: 300 } },
      { act: 'insert', rows: { from: rows + 1, to: rows + 200 } },
      look,
      { act: 'read', rows: { from: 1, to: rows + 300 } },
      { act: 'release' },
      { act: 'load' },
      look,
    ],
  };
}

/** Each kind of index, on rows that are sealed, deleted and growing. */
export const indexKinds: readonly Scenario[] = kinds.map(scenarioOf);
