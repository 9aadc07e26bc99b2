import type { Scenario, Step } from '../scenario.ts';
import { flag, oneOf, quarters, type Row, text, whole } from '../values.ts';
import { embedding, flat, id } from './fields.ts';

/** Every border of a filter's range has rows on it. */
const filters: readonly { readonly text: string; readonly matches: (row: Row) => boolean }[] = [
  { text: 'truth == true', matches: ({ truth }) => truth === true },
  { text: 'not (truth == true)', matches: ({ truth }) => truth !== true },
  { text: 'tiny <= -1', matches: ({ tiny }) => Number(tiny) <= -1 },
  { text: 'tiny == 127', matches: ({ tiny }) => tiny === 127 },
  { text: 'small > 100 and small < 200', matches: ({ small }) => Number(small) > 100 && Number(small) < 200 },
  { text: '100 <= medium <= 200', matches: ({ medium }) => Number(medium) >= 100 && Number(medium) <= 200 },
  { text: 'big == 9007199254740993', matches: ({ big }) => big === '9007199254740993' },
  { text: 'big != 9007199254740993', matches: ({ big }) => big !== '9007199254740993' },
  { text: 'ratio >= 12.5', matches: ({ ratio }) => Number(ratio) >= 12.5 },
  { text: 'price < 5.25 or price > 20', matches: ({ price }) => Number(price) < 5.25 || Number(price) > 20 },
  { text: 'medium % 7 == 3', matches: ({ medium }) => Number(medium) % 7 === 3 },
  {
    text: 'title like "row 1%"',
    matches: ({ title }) => typeof title === 'string' && title.startsWith('row 1'),
  },
  { text: 'small in [1, 50, 99, 100]', matches: ({ small }) => [1, 50, 99, 100].includes(Number(small)) },
  {
    text: 'small not in [1, 50, 99, 100]',
    matches: ({ small }) => ![1, 50, 99, 100].includes(Number(small)),
  },
];

const look: readonly Step[] = [
  { act: 'read', rows: { from: 1, to: 500 } },
  ...filters.map((filter): Step => ({ act: 'select', filter })),
  ...filters.slice(4, 7).map((filter): Step => ({ act: 'count', filter })),
  ...filters
    .slice(0, 10)
    .map((filter): Step => ({ act: 'search', field: 'embedding', queries: 1, k: 10, filter })),
];

/** Each scalar type keeps its values to the last bit, and filters on it mean what they say. */
export const scalarTypes: Scenario = {
  name: 'scalar types',
  fields: [
    id,
    { name: 'truth', type: 'Bool', value: flag },
    { name: 'tiny', type: 'Int8', value: oneOf(-128, -1, 0, 1, 127) },
    { name: 'small', type: 'Int16', value: whole(300) },
    { name: 'medium', type: 'Int32', value: whole(400) },
    {
      name: 'big',
      type: 'Int64',
      value: oneOf(
        '9007199254740993',
        '9007199254740992',
        '-9223372036854775807',
        '9223372036854775807',
        '0',
      ),
    },
    { name: 'ratio', type: 'Float', value: quarters(100) },
    { name: 'price', type: 'Double', value: quarters(100) },
    { name: 'title', type: 'VarChar', maxLength: 64, value: text },
    embedding,
  ],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 500 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
