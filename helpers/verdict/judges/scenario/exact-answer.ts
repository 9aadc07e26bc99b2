import { metricOf, queryVectorOf } from '../../../workload/scenarios/rows.ts';
import type { Scenario, SearchStep } from '../../../workload/scenarios/scenario.ts';
import type { Held, HeldRow } from './held.ts';
import { higherIsNearer, scoresOf } from './score.ts';

interface Scored extends HeldRow {
  readonly score: number;
}

/** The exact answer to one query, and the score of every row that may be in an answer. */
export interface ExactAnswer {
  /** Nearest first. */
  readonly hits: readonly Pick<Scored, 'key' | 'score'>[];
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
  const metric = metricOf(scenario, step.field);
  const vector = queryVectorOf(scenario, step.field, seed, query);
  const sign = higherIsNearer(metric) ? -1 : 1;
  const rows = held.matching(step.filter, step.partitions).filter(({ key }) => !held.wrong.has(key));
  const scores = scoresOf(
    metric,
    vector,
    rows.map(({ row }) => row[step.field] ?? null),
  );
  const scored = rows
    .flatMap((row, place): Scored[] => {
      const score = scores[place];
      return score === undefined ? [] : [{ ...row, score }];
    })
    .filter((row) => isInRange(row.score, step.range, sign))
    .toSorted((left, right) => sign * (left.score - right.score) || (left.key < right.key ? -1 : 1));
  return {
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
