import type { Scenario, Step } from '../scenario.ts';
import { oneOf, type Source, text, whole } from '../values.ts';
import { embedding, flat, id } from './fields.ts';

/** In two of three rows. */
const sometimes =
  <T>(maker: (source: Source) => T) =>
  (source: Source): T | undefined =>
    source.number % 3 === 0 ? undefined : maker(source);

const look: readonly Step[] = [
  { act: 'read', rows: { from: 1, to: 400 } },
  {
    act: 'select',
    filter: { text: 'note is null', matches: ({ note }) => note === null },
  },
  {
    act: 'count',
    filter: { text: 'rating == 7', matches: ({ rating }) => rating === 7 },
  },
  {
    act: 'select',
    filter: { text: 'colour == "red"', matches: ({ colour }) => colour === 'red' },
  },
  {
    act: 'search',
    field: 'embedding',
    queries: 2,
    k: 10,
    filter: { text: 'pages > 250', matches: ({ pages }) => Number(pages) > 250 },
  },
];

/** Values that a row may leave out: nullable ones, ones with a default, and keys that the schema does not name. */
export const openSchema: Scenario = {
  name: 'dynamic, nullable and default fields',
  since: '2.5',
  fields: [
    id,
    { name: 'note', type: 'VarChar', maxLength: 64, nullable: true, value: sometimes(text) },
    { name: 'rating', type: 'Int64', defaultValue: 7, value: sometimes(whole(10)) },
    { name: 'colour', type: 'VarChar', dynamic: true, value: sometimes(oneOf('red', 'green', 'blue')) },
    { name: 'pages', type: 'Int32', dynamic: true, value: sometimes(whole(500)) },
    embedding,
  ],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 400 } },
    { act: 'index' },
    { act: 'load' },
    ...look,
    { act: 'upsert', rows: { from: 101, to: 150 }, generation: 1 },
    { act: 'flush' },
    ...look,
    { act: 'release' },
    { act: 'load' },
    ...look,
  ],
};
