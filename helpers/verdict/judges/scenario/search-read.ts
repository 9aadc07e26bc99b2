import { type Act, valueOf } from '../../../workload/scenarios/record.ts';
import type { HybridStep, Scenario, SearchStep } from '../../../workload/scenarios/scenario.ts';
import { type ExactAnswer, exactAnswer } from './exact-answer.ts';
import { fusedAnswer } from './fused-answer.ts';
import type { Held } from './held.ts';
import { sameScore } from './score.ts';
import type { Sighting, Verdict } from './sighting.ts';

interface Hit {
  readonly key: string;
  readonly distance: number;
}

/** All searches of a step, each against brute force; with a floor, against the share that must be found. */
export function wrongInSearch(
  held: Held,
  scenario: Scenario,
  step: SearchStep,
  acts: readonly Act[],
  seed: number,
): readonly Sighting[] {
  const sightings: Sighting[] = [];
  let [found, wanted] = [0, 0];
  for (const act of acts) {
    const all = valueOf('hits', act.outcome)?.hits;
    if (all === undefined) continue;
    const hits = all.filter(({ key }) => !held.wrong.has(key));
    const k = step.k - (all.length - hits.length);
    const exact = exactAnswer(scenario, { ...step, k }, held, seed, act.request.query ?? 0);
    const keys = new Set(exact.hits.map(({ key }) => key));
    found += hits.filter(({ key }) => keys.has(key)).length;
    wanted += keys.size;
    const wrong =
      wrongHits(held, hits, exact) ?? (step.recall === undefined ? wrongPlaces(hits, exact) : undefined);
    if (wrong !== undefined) sightings.push({ ...wrong, act });
  }
  const [act] = acts;
  const recall = wanted === 0 ? 1 : found / wanted;
  if (act !== undefined && step.recall !== undefined && recall < step.recall) {
    const text = `recall ${recall.toFixed(3)} over ${acts.length} searches, under the floor of ${step.recall}`;
    sightings.push({ verdict: 'LOW_RECALL', act, text });
  }
  return sightings;
}

/** All hybrid searches of a step. */
export function wrongInHybridSearch(
  held: Held,
  scenario: Scenario,
  step: HybridStep,
  acts: readonly Act[],
  seed: number,
): readonly Sighting[] {
  return acts.flatMap((act) => {
    const hits = valueOf('hits', act.outcome)?.hits;
    const exact = fusedAnswer(scenario, step, held, seed, act.request.query ?? 0);
    if (hits === undefined || exact === undefined) return [];
    const wrong = wrongHits(held, hits, exact) ?? wrongPlaces(hits, exact);
    return wrong === undefined ? [] : [{ ...wrong, act }];
  });
}

type Wrong = Omit<Sighting, 'act'>;

/** Too few, twice, or rows that must not be found: wrong whatever the index. */
function wrongHits(held: Held, hits: readonly Hit[], exact: ExactAnswer): Wrong | undefined {
  const twice = hits.find(({ key }, index) => hits.findIndex((other) => other.key === key) !== index);
  if (twice !== undefined) return { verdict: 'DUPLICATE', text: `key ${twice.key} is found twice` };
  const astray = hits.find(({ key }) => !exact.scores.has(key));
  if (astray !== undefined)
    return { verdict: verdictOfStray(held, astray.key), text: `key ${astray.key} must not be found` };
  if (hits.length < exact.hits.length) {
    return { verdict: 'SHORT', text: `${hits.length} hits instead of ${exact.hits.length}` };
  }
  return hits.length > exact.hits.length
    ? { verdict: 'WRONG_ROW', text: `${hits.length} hits instead of ${exact.hits.length}` }
    : undefined;
}

/** What a hit is that must not be there. */
export function verdictOfStray(held: Held, key: string): Verdict {
  if (held.rows.has(key)) return 'UNASKED';
  return held.deleted.has(key) ? 'RESURRECTED' : 'PHANTOM';
}

/** Rows of the same score may come in any order, and either may be the last. */
function wrongPlaces(hits: readonly Hit[], exact: ExactAnswer): Wrong | undefined {
  const scores = hits.map(({ key }) => exact.scores.get(key) ?? Number.NaN);
  const place = scores.findIndex((value, index) => !sameScore(value, exact.hits[index]?.score ?? Number.NaN));
  if (place !== -1) {
    const expected = new Set(exact.hits.map(({ key }) => key));
    const sameRows = hits.every(({ key }) => expected.has(key));
    const text = `hit ${place + 1} is key ${hits[place]?.key}, not key ${exact.hits[place]?.key}`;
    return { verdict: sameRows ? 'WRONG_ORDER' : 'WRONG_ROW', text };
  }
  const off = hits.findIndex(({ distance }, index) => !sameScore(distance, scores[index] ?? Number.NaN));
  if (off === -1) return undefined;
  const text = `key ${hits[off]?.key} at ${hits[off]?.distance} instead of ${scores[off]}`;
  return { verdict: 'WRONG_DISTANCE', text };
}
