import type { Field, MatchStep, Scenario } from '../scenario.ts';
import type { Row } from '../values.ts';
import { embedding, flat, id } from './fields.ts';

const colours = ['red', 'green', 'blue', 'white', 'black', 'amber'];
const things = ['harbour', 'lantern', 'meadow', 'orchard', 'violin', 'Brücke', 'kettle'];

/** Four words, each once, so that no text is longer than another. */
const note: Field = {
  name: 'note',
  type: 'VarChar',
  maxLength: 128,
  analyzed: true,
  value: ({ number, below }) =>
    `A ${colours[below(colours.length)]} ${things[below(things.length)]}, row${number}.`,
};

function search(...words: readonly string[]): MatchStep {
  const matched = ({ note: text }: Row) => {
    const own = new Set(typeof text === 'string' ? text.toLowerCase().split(/[ ,.]+/) : []);
    return words.filter((word) => own.has(word.toLowerCase())).length;
  };
  return { act: 'match', field: 'words', words, k: 20, matched };
}

const look = [
  search('lantern'),
  search('red', 'meadow'),
  search('BRÜCKE'),
  search('row205'),
  search('row7', 'violin'),
  search('nowhere'),
] as const;

/** Rows found by the words in them, while they grow, flushed and loaded again. */
export const fullText: Scenario = {
  name: 'full-text search',
  since: '2.5',
  fields: [
    id,
    note,
    { name: 'words', type: 'SparseFloatVector', computedFrom: 'note', value: () => undefined },
    embedding,
  ],
  indexes: [flat, { field: 'words', type: 'SPARSE_INVERTED_INDEX', metric: 'BM25' }],
  steps: [
    { act: 'insert', rows: { from: 1, to: 600 } },
    { act: 'index' },
    { act: 'load' },
    { act: 'read', rows: { from: 1, to: 600 } },
    ...look,
    { act: 'delete', rows: { from: 1, to: 100 } },
    { act: 'upsert', rows: { from: 201, to: 260 }, generation: 1 },
    ...look,
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
