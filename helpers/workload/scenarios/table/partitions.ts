import type { Scenario } from '../scenario.ts';
import { embedding, flat, id, label } from './fields.ts';

const look = [
  { act: 'count' },
  { act: 'count', partitions: ['north'] },
  { act: 'read', rows: { from: 1, to: 600 } },
  { act: 'read', rows: { from: 1, to: 600 }, partitions: ['south'] },
  { act: 'search', field: 'embedding', queries: 2, k: 10, partitions: ['north'] },
  { act: 'search', field: 'embedding', queries: 2, k: 10, partitions: ['north', '_default'] },
] as const;

/** Rows are in the partition that they were written to, and a read of some partitions sees no other. */
export const partitions: Scenario = {
  name: 'partitions',
  fields: [id, label, embedding],
  partitions: ['north', 'south'],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 200 }, partition: 'north' },
    { act: 'insert', rows: { from: 201, to: 400 }, partition: 'south' },
    { act: 'insert', rows: { from: 401, to: 500 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'upsert', rows: { from: 151, to: 200 }, partition: 'north', generation: 1 },
    {
      act: 'delete where',
      filter: { text: 'id > 350', matches: (row) => Number(row['id']) > 350 },
      partition: 'south',
    },
    { act: 'create partition', partition: 'east' },
    { act: 'flush' },
    ...look,
    { act: 'release' },
    { act: 'load' },
    { act: 'insert', rows: { from: 501, to: 560 }, partition: 'east' },
    { act: 'count', partitions: ['east'] },
    ...look,
  ],
};
