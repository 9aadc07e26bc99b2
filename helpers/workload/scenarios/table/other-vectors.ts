import type { IndexPlan, Scenario, Step } from '../scenario.ts';
import { bits, sparse } from '../values.ts';
import { id, label } from './fields.ts';

const steps: readonly Step[] = [
  { act: 'insert', rows: { from: 1, to: 600 } },
  { act: 'index' },
  { act: 'load' },
  { act: 'read', rows: { from: 1, to: 700 } },
  { act: 'search', field: 'embedding', queries: 5, k: 10 },
  { act: 'delete', rows: { from: 1, to: 100 } },
  { act: 'flush' },
  { act: 'release' },
  { act: 'load' },
  { act: 'read', rows: { from: 1, to: 700 } },
  { act: 'search', field: 'embedding', queries: 5, k: 10 },
];

const binary = (index: Omit<IndexPlan, 'field'>): Scenario => ({
  name: `binary vectors by ${index.metric}`,
  fields: [id, label, { name: 'embedding', type: 'BinaryVector', dimension: 128, value: bits(128) }],
  indexes: [{ field: 'embedding', ...index }],
  steps,
});

export const binaryVectors: readonly Scenario[] = [
  binary({ type: 'BIN_FLAT', metric: 'HAMMING' }),
  binary({ type: 'BIN_FLAT', metric: 'JACCARD' }),
];

/** Exact, since nothing is dropped in building or searching by default. */
export const sparseVectors: Scenario = {
  name: 'sparse vectors',
  since: '2.4',
  fields: [id, label, { name: 'embedding', type: 'SparseFloatVector', value: sparse(300, 20) }],
  indexes: [{ field: 'embedding', type: 'SPARSE_INVERTED_INDEX', metric: 'IP' }],
  steps,
};
