import type { Scenario } from '../scenario.ts';
import { vector, whole } from '../values.ts';
import { embedding, flat, id } from './fields.ts';

const shelf = { name: 'shelf', type: 'Int64', value: whole(15) } as const;

/** Only what lies between two distances. Random vectors of 32 dimensions lie some 90 apart. */
export const rangeSearch: Scenario = {
  name: 'range search',
  fields: [id, shelf, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 1200 } },
    { act: 'flush' },
    { act: 'index' },
    { act: 'load' },
    { act: 'search', field: 'embedding', queries: 4, k: 20, range: { radius: 65, nearest: 0 } },
    { act: 'search', field: 'embedding', queries: 4, k: 10, range: { radius: 90, nearest: 70 } },
    { act: 'search', field: 'embedding', queries: 2, k: 10, range: { radius: 1, nearest: 0 } },
    { act: 'delete', rows: { from: 1, to: 200 } },
    { act: 'search', field: 'embedding', queries: 4, k: 10, range: { radius: 90, nearest: 70 } },
  ],
};

/** The nearest row of each group. */
export const grouping: Scenario = {
  name: 'grouping search',
  since: '2.4',
  fields: [id, shelf, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 1200 } },
    { act: 'flush' },
    { act: 'index' },
    { act: 'load' },
    { act: 'search', field: 'embedding', queries: 6, k: 5, groupBy: 'shelf' },
    { act: 'search', field: 'embedding', queries: 3, k: 15, groupBy: 'shelf' },
    {
      act: 'search',
      field: 'embedding',
      queries: 3,
      k: 5,
      groupBy: 'shelf',
      filter: { text: 'shelf < 4', matches: (row) => Number(row['shelf']) < 4 },
    },
  ],
};

/** More rows than one answer may hold. */
export const paging: Scenario = {
  name: 'paging past 16,384 rows',
  fields: [id, { name: 'embedding', type: 'FloatVector', dimension: 4, value: vector(4) }],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 17_000 }, perCall: 5000 },
    { act: 'index' },
    { act: 'load' },
    { act: 'count' },
    { act: 'page', rowsPerPage: 4000 },
    { act: 'delete', rows: { from: 4001, to: 4010 } },
    { act: 'page', rowsPerPage: 4000 },
  ],
};
