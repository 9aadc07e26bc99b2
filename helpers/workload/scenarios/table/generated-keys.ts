import type { Scenario } from '../scenario.ts';
import { rowNumber } from '../values.ts';
import { embedding, flat, label } from './fields.ts';

const look = [
  { act: 'read', rows: { from: 1, to: 600 } },
  { act: 'count' },
  { act: 'search', field: 'embedding', queries: 3, k: 10 },
] as const;

/** Keys that Milvus makes: each is answered once, and is the key of its row from then on. */
export const generatedKeys: Scenario = {
  name: 'generated keys',
  fields: [
    { name: 'id', type: 'Int64', key: 'generated', value: () => undefined },
    { name: 'number', type: 'Int64', value: rowNumber },
    label,
    embedding,
  ],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 600 }, perCall: 150 },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'delete', rows: { from: 101, to: 160 } },
    ...look,
    {
      act: 'select',
      filter: { text: 'number <= 200', matches: (row) => Number(row['number']) <= 200 },
    },
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
