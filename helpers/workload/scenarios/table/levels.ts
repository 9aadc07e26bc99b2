import type { Level, Scenario, Step } from '../scenario.ts';
import { embedding, flat, id, label } from './fields.ts';

const rowsAtOnce = 40;
const rounds = 12;

/**
 * Writes, and reads at once at every level: Strong must see it, and Session where the same client reads; the others may
 * not yet.
 */
function round(number: number): readonly Step[] {
  const from = number * rowsAtOnce + 1;
  const rows = { from, to: from + rowsAtOnce - 1 };
  const read = (level: Level): Step => ({ act: 'read', rows, level });
  return [
    { act: 'insert', rows },
    read('Strong'),
    { act: 'search', field: 'embedding', queries: 1, k: 10, level: 'Strong' },
    read('Bounded'),
    read('Session'),
    { ...read('Session'), client: 1 },
    read('Eventually'),
  ];
}

const all = { from: 1, to: rounds * rowsAtOnce };

/** Each level by its own promise; in the end, after a pause, they must agree. */
export const levels: Scenario = {
  name: 'consistency levels',
  clients: 2,
  fields: [id, label, embedding],
  indexes: [flat],
  steps: [
    { act: 'index' },
    { act: 'load' },
    ...Array.from({ length: rounds }, (_, number) => round(number)).flat(),
    { act: 'delete', rows: { from: 1, to: rowsAtOnce } },
    { act: 'count', level: 'Strong' },
    { act: 'count', level: 'Session' },
    { act: 'pause', seconds: 6 },
    { act: 'read', rows: all, level: 'Bounded' },
    { act: 'count', level: 'Bounded' },
    { act: 'pause', seconds: 5 },
    { act: 'read', rows: all, level: 'Session' },
    { act: 'read', rows: all, level: 'Session', client: 1 },
    { act: 'read', rows: all, level: 'Eventually' },
    { act: 'count', level: 'Eventually' },
  ],
};
