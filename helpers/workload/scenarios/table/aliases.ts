import type { Scenario, Step } from '../scenario.ts';
import { embedding, flat, id, label } from './fields.ts';

const all = { from: 1, to: 400 };

/** Another name for a collection: the same rows are written and read by either. */
const onOne: Scenario = {
  name: 'aliases',
  fields: [id, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 200 } },
    { act: 'index' },
    { act: 'load' },
    { act: 'create alias' },
    { act: 'read', rows: all, on: 'alias' },
    { act: 'insert', rows: { from: 201, to: 300 }, on: 'alias' },
    { act: 'upsert', rows: { from: 50, to: 80 }, generation: 1, on: 'alias' },
    { act: 'delete', rows: { from: 1, to: 20 }, on: 'alias' },
    { act: 'read', rows: all },
    { act: 'read', rows: all, on: 'alias' },
    { act: 'count', on: 'alias' },
    { act: 'search', field: 'embedding', queries: 3, k: 10, on: 'alias' },
    { act: 'drop alias' },
    { act: 'read', rows: all },
  ],
};

const look: readonly Step[] = [
  { act: 'read', rows: all, on: 'alias', client: 'each' },
  { act: 'count', on: 'alias', client: 'each' },
  { act: 'search', field: 'embedding', queries: 2, k: 10, on: 'alias', client: 'each' },
];

/** The name is moved to another collection, as when a new index takes the place of the old one: every client follows. */
const moved: Scenario = {
  name: 'alias moved to another collection',
  clients: 'each proxy',
  second: 'collection',
  fields: [id, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 200 } },
    { act: 'insert', rows: { from: 151, to: 350 }, generation: 1, on: 'second' },
    { act: 'index' },
    { act: 'index', on: 'second' },
    { act: 'load' },
    { act: 'load', on: 'second' },
    { act: 'create alias' },
    ...look,
    { act: 'move alias', on: 'second' },
    ...look,
    { act: 'insert', rows: { from: 351, to: 380 }, on: 'alias', client: 'last' },
    { act: 'delete', rows: { from: 160, to: 170 }, on: 'alias' },
    ...look,
    { act: 'read', rows: all },
    { act: 'count' },
    { act: 'read', rows: all, on: 'second' },
    { act: 'drop alias' },
  ],
};

export const aliases: readonly Scenario[] = [onOne, moved];
