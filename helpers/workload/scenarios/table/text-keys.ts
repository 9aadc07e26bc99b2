import type { Scenario } from '../scenario.ts';
import type { Maker } from '../values.ts';
import { embedding, flat, label } from './fields.ts';

const alphabets = ['key', 'clé', 'ключ', '鍵', '🔑', 'a"b', "it's", 'back\\slash'];

/** Not the order of the numbers, of many lengths and alphabets, and with what a filter must escape. */
const textKey: Maker = ({ number }) =>
  `${alphabets[number % alphabets.length]} ${number * 7919} ${'x'.repeat(number % 23)}`;

const look = [
  { act: 'read', rows: { from: 1, to: 700 } },
  { act: 'count' },
  { act: 'search', field: 'embedding', queries: 3, k: 10 },
] as const;

/** Text as the primary key. */
export const textKeys: Scenario = {
  name: 'text keys',
  fields: [{ name: 'name', type: 'VarChar', maxLength: 128, key: 'given', value: textKey }, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 600 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'delete', rows: { from: 51, to: 90 } },
    { act: 'upsert', rows: { from: 81, to: 160 }, generation: 1 },
    ...look,
    { act: 'page', rowsPerPage: 150 },
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
