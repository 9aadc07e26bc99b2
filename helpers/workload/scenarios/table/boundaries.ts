import type { Field, Scenario, Step } from '../scenario.ts';
import type { Row, Value } from '../values.ts';
import { id } from './fields.ts';

const longest = 24;
const fits = [1, 0.5, -1, 0];

/** Texts at the border of what fits: by bytes, not by letters. */
const texts = [
  '',
  'a'.repeat(longest),
  'ü'.repeat(longest / 2),
  '鍵'.repeat(longest / 3),
  '🔑'.repeat(longest / 4),
  'a\u0000b\n\t"\\',
  '\u202eمرحبا',
  'e\u0301',
];

const label: Field = {
  name: 'label',
  type: 'VarChar',
  maxLength: longest,
  value: ({ number }) => texts[number % texts.length] ?? '',
};

/** The largest and smallest that a float32 holds. */
const numbers = [0, 1, -1, 2 ** -149, 2 ** 100, -(2 ** 100), 0.5, 127];
const point: Field = {
  name: 'point',
  type: 'FloatVector',
  dimension: 4,
  value: ({ below }) => Array.from({ length: 4 }, () => numbers[below(numbers.length)] ?? 0),
};

function row(number: number, values: { readonly label?: Value; readonly point?: Value }): Row {
  return { id: number, label: 'x', point: fits, ...values };
}

const refused: readonly (readonly [string, readonly Row[]])[] = [
  ['a vector with NaN', [row(901, { point: [1, Number.NaN, 0, 0] })]],
  ['a vector with Infinity', [row(902, { point: [1, Number.POSITIVE_INFINITY, 0, 0] })]],
  [
    'a good row and one with -Infinity',
    [row(903, {}), row(904, { point: [Number.NEGATIVE_INFINITY, 0, 0, 0] })],
  ],
  ['a vector of too few dimensions', [row(905, { point: [1, 2, 3] })]],
  ['a vector of too many dimensions', [row(906, { point: [1, 2, 3, 4, 5] })]],
  ['no row', []],
  ['a text that is one byte too long', [row(907, { label: 'a'.repeat(longest + 1) })]],
  ['a text whose letters fit and whose bytes do not', [row(908, { label: 'ü'.repeat(longest / 2 + 1) })]],
];

const look: readonly Step[] = [{ act: 'read', rows: { from: 1, to: 910 } }, { act: 'count' }];

/** What just fits is kept to the last byte; what does not is refused, and nothing of it is stored. */
export const boundaries: Scenario = {
  name: 'boundary values',
  fields: [id, label, point],
  indexes: [{ field: 'point', type: 'FLAT', metric: 'L2' }],
  steps: [
    { act: 'insert', rows: { from: 1, to: 80 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    ...refused.map(([why, rows]): Step => ({ act: 'refused', why, rows })),
    ...look,
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
