import type { Scenario, Step } from '../scenario.ts';
import { embedding, flat, id, label } from './fields.ts';

const all = { from: 1, to: 500 };

const look: readonly Step[] = [
  { act: 'read', rows: all },
  { act: 'count' },
  { act: 'search', field: 'embedding', queries: 2, k: 10 },
  { act: 'read', rows: all, on: 'second' },
  { act: 'count', on: 'second' },
  { act: 'search', field: 'embedding', queries: 2, k: 10, on: 'second' },
];

/** Collections of one name in two databases: what is written to one is not in the other. */
export const databases: Scenario = {
  name: 'databases',
  optional: true,
  second: 'database',
  fields: [id, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 200 } },
    { act: 'insert', rows: { from: 101, to: 400 }, generation: 1, on: 'second' },
    { act: 'index' },
    { act: 'index', on: 'second' },
    { act: 'load' },
    { act: 'load', on: 'second' },
    ...look,
    { act: 'delete', rows: { from: 120, to: 140 } },
    { act: 'upsert', rows: { from: 141, to: 160 }, generation: 2, on: 'second' },
    { act: 'flush' },
    { act: 'flush', on: 'second' },
    ...look,
    { act: 'release' },
    { act: 'read', rows: all, on: 'second' },
    { act: 'load' },
    ...look,
  ],
};
