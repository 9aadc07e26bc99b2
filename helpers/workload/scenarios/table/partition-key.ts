import type { Scenario } from '../scenario.ts';
import { whole } from '../values.ts';
import { embedding, flat, id, label } from './fields.ts';

const tenant = (number: number) => ({
  text: `tenant == ${number}`,
  matches: (row: Readonly<Record<string, unknown>>) => row['tenant'] === number,
});

const look = [
  { act: 'count' },
  ...[0, 7, 19].flatMap(
    (number) =>
      [
        { act: 'select', filter: tenant(number) },
        { act: 'search', field: 'embedding', queries: 1, k: 10, filter: tenant(number) },
      ] as const,
  ),
] as const;

/** Milvus puts rows into partitions by the value of a field; each value is found by itself. */
export const partitionKey: Scenario = {
  name: 'partition key',
  fields: [id, { name: 'tenant', type: 'Int64', partitionKey: true, value: whole(20) }, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 600 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'delete where', filter: tenant(7) },
    { act: 'flush' },
    ...look,
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
