import type { Scenario } from '../scenario.ts';
import { generation } from '../values.ts';
import { embedding, flat, id, label } from './fields.ts';

const look = [
  { act: 'read', rows: { from: 1, to: 1200 } },
  { act: 'count' },
  { act: 'search', field: 'embedding', queries: 3, k: 10 },
] as const;

/** The same rows looked at while they grow, when they are sealed, loaded anew, and compacted. */
export const segments: Scenario = {
  name: 'growing, sealed, loaded, compacted',
  fields: [id, { name: 'version', type: 'Int32', value: generation }, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 400 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'flush' },
    ...look,
    { act: 'insert', rows: { from: 401, to: 800 } },
    { act: 'delete', rows: { from: 1, to: 60 } },
    ...look,
    { act: 'release' },
    { act: 'load' },
    ...look,
    { act: 'flush' },
    { act: 'insert', rows: { from: 801, to: 1000 } },
    { act: 'upsert', rows: { from: 300, to: 420 }, generation: 1 },
    { act: 'flush' },
    { act: 'compact' },
    ...look,
    { act: 'insert', rows: { from: 1001, to: 1100 } },
    { act: 'delete', rows: { from: 380, to: 440 } },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
