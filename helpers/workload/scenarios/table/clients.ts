import type { Scenario, Step } from '../scenario.ts';
import { embedding, flat, id, label } from './fields.ts';

const all = { from: 1, to: 600 };

/** One client writes, and another reads at once: each through a proxy of its own, where there are two. */
export const twoClients: Scenario = {
  name: 'two clients',
  clients: 2,
  fields: [id, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'index' },
    { act: 'load' },
    ...Array.from({ length: 6 }, (_, round): Step[] => {
      const rows = { from: round * 100 + 1, to: round * 100 + 100 };
      return [
        { act: 'insert', rows, client: round % 2 },
        { act: 'read', rows, client: (round + 1) % 2 },
        { act: 'count', client: (round + 1) % 2 },
      ];
    }).flat(),
    { act: 'upsert', rows: { from: 50, to: 150 }, generation: 1, client: 1 },
    { act: 'delete', rows: { from: 401, to: 450 }, client: 0 },
    { act: 'read', rows: all, client: 0 },
    { act: 'read', rows: all, client: 1 },
    { act: 'search', field: 'embedding', queries: 3, k: 10, client: 1 },
  ],
};

/** What was written through one proxy is read through every one, and written over through the last. */
export const eachProxy: Scenario = {
  name: 'each proxy',
  clients: 'each proxy',
  fields: [id, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: 400 } },
    { act: 'index' },
    { act: 'load' },
    { act: 'read', rows: all, client: 'each' },
    { act: 'count', client: 'each' },
    { act: 'search', field: 'embedding', queries: 3, k: 10, client: 'each' },
    { act: 'upsert', rows: { from: 100, to: 500 }, generation: 1, client: 'last' },
    { act: 'delete', rows: { from: 1, to: 40 }, client: 'last' },
    { act: 'read', rows: all, client: 'each' },
    { act: 'count', client: 'each' },
    { act: 'search', field: 'embedding', queries: 3, k: 10, client: 'each' },
  ],
};
