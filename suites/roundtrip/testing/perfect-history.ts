import type { History, Operation } from '../../../helpers/workload/history.ts';
import {
  checksumOf,
  keyOf,
  numbersOf,
  queryVectorOf,
  rowSent,
  textOf,
} from '../../../helpers/workload/scenarios/rows.ts';
import {
  type Filter,
  type Scenario,
  type SearchStep,
  type Step,
} from '../../../helpers/workload/scenarios/scenario.ts';
import { stepText } from '../../../helpers/workload/scenarios/step-text.ts';
import type { Row, Value } from '../../../helpers/workload/scenarios/values.ts';

type Stored = ReadonlyMap<number, Row>;

/** The history of a scenario on a server without fault, for scenarios that write rows by number and search by L2. */
export function perfectHistory(scenario: Scenario, seed: number): History {
  const first = new Map<number, Row>();
  const second = new Map<number, Row>();
  let named = first;
  const steps = [
    ...scenario.steps.flatMap((step, index) => {
      const stored = step.on === 'alias' ? named : step.on === 'second' ? second : first;
      if (step.act === 'create alias' || step.act === 'move alias') named = stored;
      return answersTo(scenario, seed, stored, step).map((answer) => ({
        at: index + 1,
        text: stepText(step),
        ...answer,
      }));
    }),
    {
      at: scenario.steps.length + 1,
      text: 'list at the end',
      call: 'showCollections',
      value: { own: [] },
      request: {},
    },
  ];
  const operations = steps.map(
    ({ at, text, call, value, request }, index): Operation => ({
      type: 'operation',
      id: index + 1,
      call,
      step: `${scenario.name}: ${text}`,
      request: { scenario: scenario.name, at, ...request },
      calledAt: index * 10,
      returnedAt: index * 10 + 5,
      outcome: { state: 'ok', value },
    }),
  );
  const header = {
    type: 'header',
    schemaVersion: 1,
    workload: 'test',
    seed,
    startedAt: '2026-11-01T00:00:00Z',
    collection: 'mc_test',
    scenarios: [scenario.name],
  } as const;
  return { header, operations, events: [], complete: true };
}

interface Answer {
  readonly call: string;
  readonly value: unknown;
  readonly request: object;
}

function answersTo(
  scenario: Scenario,
  seed: number,
  stored: Map<number, Row>,
  step: Step,
): readonly Answer[] {
  const seen = (row: Row) => ({ key: textOf(row['id']), checksum: checksumOf(scenario, row) });
  const client = typeof step.client === 'number' ? { client: step.client } : {};
  switch (step.act) {
    case 'insert':
    case 'upsert': {
      const numbers = numbersOf(step.rows);
      for (const number of numbers) stored.set(number, rowSent(scenario, seed, number, step.generation ?? 0));
      const keys = numbers.map((number) => keyOf(scenario, seed, number));
      return [{ call: step.act, value: { count: numbers.length, keys }, request: { rows: step.rows } }];
    }
    case 'delete':
      for (const number of numbersOf(step.rows)) stored.delete(number);
      return [{ call: 'delete', value: { deleted: 1 }, request: { rows: step.rows } }];
    case 'delete where':
      for (const [number, row] of stored) if (step.filter.matches(row)) stored.delete(number);
      return [{ call: 'delete', value: { deleted: 1 }, request: {} }];
    case 'read': {
      const rows = numbersOf(step.rows)
        .map((number) => stored.get(number))
        .filter((row) => row !== undefined);
      return [{ call: 'query', value: { rows: rows.map(seen) }, request: { rows: step.rows, ...client } }];
    }
    case 'select':
      return [{ call: 'query', value: { rows: matching(stored, step.filter).map(seen) }, request: {} }];
    case 'count':
      return [{ call: 'query', value: { count: matching(stored, step.filter).length }, request: {} }];
    case 'match': {
      const hits = matching(stored, { text: '', matches: (row) => step.matched(row) > 0 })
        .map((row) => ({ key: textOf(row['id']), distance: step.matched(row) }))
        .toSorted((left, right) => right.distance - left.distance);
      return [{ call: 'search', value: { hits: hits.slice(0, step.k) }, request: {} }];
    }
    case 'search':
      return Array.from({ length: step.queries }, (_, index) => ({
        call: 'search',
        value: { hits: nearest(scenario, seed, stored, step, index + 1) },
        request: { query: index + 1 },
      }));
    default:
      return [{ call: step.act, value: {}, request: {} }];
  }
}

function matching(stored: Stored, filter: Filter | undefined): readonly Row[] {
  return [...stored.values()].filter((row) => filter === undefined || filter.matches(row));
}

function nearest(scenario: Scenario, seed: number, stored: Stored, step: SearchStep, query: number) {
  const vector = queryVectorOf(scenario, step.field, seed, query);
  return matching(stored, step.filter)
    .map((row) => ({ key: textOf(row['id']), distance: distance(vector, row[step.field]) }))
    .toSorted((left, right) => left.distance - right.distance)
    .slice(0, step.k);
}

function distance(left: Value, right: Value | undefined): number {
  if (!Array.isArray(left) || !Array.isArray(right)) return Number.NaN;
  return left.reduce<number>((sum, value, index) => sum + (Number(value) - Number(right[index])) ** 2, 0);
}
