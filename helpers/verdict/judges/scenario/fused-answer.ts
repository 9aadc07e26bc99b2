import { fuse } from '../../../workload/scenarios/rank-fusion.ts';
import type { HybridStep, Scenario } from '../../../workload/scenarios/scenario.ts';
import { type ExactAnswer, exactAnswer } from './exact-answer.ts';
import type { Held } from './held.ts';
import { sameScore } from './score.ts';

/**
 * The exact answer of a hybrid search: brute force for each field, ranked together. Undefined where rows of one field
 * are equally far, or a read by key showed a row wrong: then the places, and so the scores, are not one.
 */
export function fusedAnswer(
  scenario: Scenario,
  step: HybridStep,
  held: Held,
  seed: number,
  query: number,
): ExactAnswer | undefined {
  if (held.wrong.size > 0) return undefined;
  const { fields, ranked, k } = step;
  const answers = fields.map((field) => {
    const search = { ...step, act: 'search', field, k: ranked + 1 } as const;
    return exactAnswer(scenario, search, held, seed, query);
  });
  if (answers.some(hasTie)) return undefined;
  const lists = answers.map(({ hits }) => hits.slice(0, ranked).map(({ key }) => key));
  const scores = fuse(lists);
  const hits = [...scores]
    .map(([key, score]) => ({ key, score }))
    .toSorted((left, right) => right.score - left.score || (left.key < right.key ? -1 : 1));
  return { hits: hits.slice(0, k), scores };
}

function hasTie({ hits }: ExactAnswer): boolean {
  return hits.some(({ score }, place) => sameScore(score, hits[place + 1]?.score ?? Number.NaN));
}
