import type { HybridStep, Scenario, SearchStep } from '../scenario.ts';
import { sparse, whole } from '../values.ts';
import { embedding, flat, id } from './fields.ts';

const both: HybridStep = {
  act: 'hybrid search',
  fields: ['embedding', 'words'],
  queries: 4,
  ranked: 20,
  k: 15,
};

const look: readonly (HybridStep | SearchStep)[] = [
  { act: 'search', field: 'words', queries: 1, k: 10 },
  both,
  { ...both, queries: 2, filter: { text: 'shelf < 4', matches: ({ shelf }) => Number(shelf) < 4 } },
];

/** Two vectors of each row, searched at once: each list is exact, and so is what is made of both. */
export const hybridSearch: Scenario = {
  name: 'hybrid search',
  since: '2.4',
  fields: [
    id,
    { name: 'shelf', type: 'Int64', value: whole(10) },
    embedding,
    { name: 'words', type: 'SparseFloatVector', value: sparse(100, 20) },
  ],
  indexes: [flat, { field: 'words', type: 'SPARSE_INVERTED_INDEX', metric: 'IP' }],
  steps: [
    { act: 'insert', rows: { from: 1, to: 800 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'delete', rows: { from: 1, to: 100 } },
    { act: 'upsert', rows: { from: 301, to: 350 }, generation: 1 },
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
