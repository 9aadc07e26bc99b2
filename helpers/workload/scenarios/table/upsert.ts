import type { Scenario } from '../scenario.ts';
import { generation } from '../values.ts';
import { embedding, flat, id, label } from './fields.ts';

const all = { from: 1, to: 700 };
const look = [
  { act: 'read', rows: all },
  { act: 'count' },
  { act: 'search', field: 'embedding', queries: 4, k: 10 },
] as const;

/** Rows written over while they grow, after a flush, and again; new rows come in by the same call. */
export const upsert: Scenario = {
  name: 'upsert',
  fields: [id, { name: 'version', type: 'Int32', value: generation }, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 600 } },
    { act: 'index' },
    { act: 'load' },
    { act: 'upsert', rows: { from: 1, to: 200 }, generation: 1 },
    ...look,
    { act: 'flush' },
    ...look,
    { act: 'upsert', rows: { from: 150, to: 650 }, generation: 2 },
    ...look,
    {
      act: 'select',
      filter: { text: 'version == 1', matches: ({ version }) => version === 1 },
    },
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
