import { type Act, valueOf } from '../../../workload/scenarios/record.ts';
import type { MatchStep } from '../../../workload/scenarios/scenario.ts';
import type { Held } from './held.ts';
import type { Sighting } from './sighting.ts';
import { verdictOfStray } from './search-read.ts';

/**
 * A search by words. The scores follow from statistics that a server keeps in its own way, so that they are not
 * computed: rows with one of the words and no others, as many as there are, those with all of them first, by falling
 * score.
 */
export function wrongInMatch(held: Held, step: MatchStep, act: Act): readonly Sighting[] {
  const hits = valueOf('hits', act.outcome)?.hits;
  // Only where all is as it was written is it known what must be found.
  if (hits === undefined || held.wrong.size > 0) return [];
  const matched = new Map(
    held.matching(undefined, step.partitions).map(({ key, row }) => [key, step.matched(row)]),
  );
  const see = (verdict: Sighting['verdict'], text: string) => [{ verdict, act, text }];
  const twice = hits.find(({ key }, place) => hits.findIndex((other) => other.key === key) !== place);
  if (twice !== undefined) return see('DUPLICATE', `key ${twice.key} is found twice`);
  const astray = hits.find(({ key }) => (matched.get(key) ?? 0) === 0);
  if (astray !== undefined)
    return see(verdictOfStray(held, astray.key), `key ${astray.key} has none of the words, and is found`);
  const counts = [...matched.values()].filter((count) => count > 0).toSorted((left, right) => right - left);
  const expected = Math.min(step.k, counts.length);
  if (hits.length !== expected) return see('SHORT', `${hits.length} hits instead of ${expected}`);
  const place = hits.findIndex(({ key }, index) => matched.get(key) !== counts[index]);
  if (place !== -1)
    return see(
      'WRONG_ROW',
      `hit ${place + 1}, key ${hits[place]?.key}, has fewer of the words than another row`,
    );
  const risen = hits.findIndex(({ distance }, index) => distance > (hits[index - 1]?.distance ?? Infinity));
  return risen === -1 ? [] : see('WRONG_ORDER', `hit ${risen + 1} has a higher score than the one before it`);
}
