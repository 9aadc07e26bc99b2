import type { Filter, Scenario, Step } from '../scenario.ts';
import { flag, listOf, objectOf, oneOf, type Row, type Value, whole } from '../values.ts';
import { embedding, flat, id } from './fields.ts';

const list = (row: Row, name: string): readonly Value[] => {
  const value = row[name];
  return Array.isArray(value) ? value : [];
};
const inside = (row: Row, name: string): Value | undefined => {
  const { facts } = row;
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts[name] : undefined;
};

const filters: readonly Filter[] = [
  { text: 'array_contains(numbers, 3)', matches: (row) => list(row, 'numbers').includes(3) },
  {
    text: 'array_contains_all(numbers, [1, 2])',
    matches: (row) => [1, 2].every((each) => list(row, 'numbers').includes(each)),
  },
  {
    text: 'array_contains_any(words, ["red", "blue"])',
    matches: (row) => ['red', 'blue'].some((each) => list(row, 'words').includes(each)),
  },
  { text: 'array_length(words) == 2', matches: (row) => list(row, 'words').length === 2 },
  { text: 'facts["count"] >= 40', matches: (row) => Number(inside(row, 'count')) >= 40 },
  { text: 'facts["kind"] == "b"', matches: (row) => inside(row, 'kind') === 'b' },
  {
    text: 'facts["open"] == true and facts["count"] < 10',
    matches: (row) => inside(row, 'open') === true && Number(inside(row, 'count')) < 10,
  },
  {
    text: 'json_contains(facts["marks"], 2)',
    matches: (row) => {
      const marks = inside(row, 'marks');
      return Array.isArray(marks) && marks.includes(2);
    },
  },
];

const look: readonly Step[] = [
  { act: 'read', rows: { from: 1, to: 400 } },
  ...filters.map((filter): Step => ({ act: 'select', filter })),
  ...filters
    .slice(0, 6)
    .map((filter): Step => ({ act: 'search', field: 'embedding', queries: 1, k: 10, filter })),
];

/** Values inside values. */
export const arraysAndJson: Scenario = {
  name: 'arrays and JSON',
  fields: [
    id,
    { name: 'numbers', type: 'Array', element: 'Int64', capacity: 8, value: listOf(5, whole(6)) },
    {
      name: 'words',
      type: 'Array',
      element: 'VarChar',
      capacity: 8,
      maxLength: 16,
      value: listOf(3, oneOf('red', 'green', 'blue', 'größer')),
    },
    {
      name: 'facts',
      type: 'JSON',
      value: objectOf({
        count: whole(50),
        kind: oneOf('a', 'b', 'ç'),
        open: flag,
        marks: listOf(3, whole(4)),
      }),
    },
    embedding,
  ],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 400 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
