import { queryVectorOf } from '../../../workload/scenarios/rows.ts';
import type { Metric, Scenario, SearchStep } from '../../../workload/scenarios/scenario.ts';
import type { Held, HeldRow } from './held.ts';
import { higherIsNearer, score } from './score.ts';

interface Scored extends HeldRow {
  readonly score: number;
}

/** The exact answer to one query, and the score of every row that may be in an answer. */
export interface ExactAnswer {
  readonly metric: Metric;
  /** Nearest first. */
  readonly hits: readonly Scored[];
  readonly scores: ReadonlyMap<string, number>;
}

/** Brute force over the rows that must be there; those that a read by key showed wrong are left out. */
export function exactAnswer(
  scenario: Scenario,
  step: SearchStep,
  held: Held,
  seed: number,
  query: number,
): ExactAnswer {
  const metric = scenario.indexes.find(({ field }) => field === step.field)?.metric ?? 'L2';
  const vector = queryVectorOf(scenario, step.field, seed, query);
  const sign = higherIsNearer(metric) ? -1 : 1;
  const scored = held
    .matching(step.filter, step.partitions)
    .filter(({ key }) => !held.wrong.has(key))
    .map((row): Scored => ({ ...row, score: score(metric, vector, row.row[step.field] ?? null) }))
    // A sparse vector that shares no index with the query is no hit.
    .filter(
      (row) =>
        scenario.fields.find(({ name }) => name === step.field)?.type !== 'SparseFloatVector' ||
        row.score !== 0,
    )
    .filter((row) => isInRange(row.score, step.range, sign))
    .toSorted((left, right) => sign * (left.score - right.score) || (left.key < right.key ? -1 : 1));
  return {
    metric,
    hits: oneOfEachGroup(scored, step.groupBy).slice(0, step.k),
    scores: new Map(scored.map((row) => [row.key, row.score])),
  };
}

/** Milvus: `range_filter <= distance < radius` for distances, `radius < similarity <= range_filter` for similarities. */
function isInRange(value: number, range: SearchStep['range'], sign: number): boolean {
  if (range === undefined) return true;
  return sign * value >= sign * range.nearest && sign * value < sign * range.radius;
}

function oneOfEachGroup(rows: readonly Scored[], groupBy: string | undefined): readonly Scored[] {
  if (groupBy === undefined) return rows;
  const groups = Map.groupBy(rows, ({ row }) => row[groupBy]);
  return [...groups.values()].flatMap(([nearest]) => nearest ?? []);
}
