import type { Scenario } from '../scenario.ts';
import { whole } from '../values.ts';
import { embedding, flat, id, label } from './fields.ts';

const look = [
  { act: 'read', rows: { from: 1, to: 600 } },
  { act: 'count' },
  { act: 'search', field: 'embedding', queries: 4, k: 10 },
] as const;

/** Rows deleted by what they hold, not by their key: growing ones and flushed ones; some are written again. */
export const deleteByFilter: Scenario = {
  name: 'delete by filter',
  fields: [id, { name: 'shelf', type: 'Int64', value: whole(10) }, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 600 } },
    { act: 'index' },
    { act: 'load' },
    { act: 'delete where', filter: { text: 'shelf == 3', matches: ({ shelf }) => shelf === 3 } },
    ...look,
    { act: 'flush' },
    {
      act: 'delete where',
      filter: {
        text: 'id > 500 and shelf in [1, 2, 5]',
        matches: (row) => Number(row['id']) > 500 && [1, 2, 5].includes(Number(row['shelf'])),
      },
    },
    ...look,
    { act: 'upsert', rows: { from: 1, to: 20 }, generation: 1 },
    ...look,
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
