import type { Scenario } from '../scenario.ts';
import { embedding, flat, id, label } from './fields.ts';

const all = { from: 1, to: 400 };

/** Another name for a collection: the same rows are written and read by either. */
export const aliases: Scenario = {
  name: 'aliases',
  fields: [id, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 200 } },
    { act: 'index' },
    { act: 'load' },
    { act: 'create alias' },
    { act: 'read', rows: all, byAlias: true },
    { act: 'insert', rows: { from: 201, to: 300 }, byAlias: true },
    { act: 'upsert', rows: { from: 50, to: 80 }, generation: 1, byAlias: true },
    { act: 'delete', rows: { from: 1, to: 20 }, byAlias: true },
    { act: 'read', rows: all },
    { act: 'read', rows: all, byAlias: true },
    { act: 'count', byAlias: true },
    { act: 'search', field: 'embedding', queries: 3, k: 10, byAlias: true },
    { act: 'drop alias' },
    { act: 'read', rows: all },
  ],
};
