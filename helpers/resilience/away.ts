import type { ProbeCourse } from './timeline.ts';

interface Spell {
  readonly from: number;
  readonly until: number | undefined;
}

/** ms in which an operation was not served, or was answered wrongly, up to `watchedMs`; no moment counts twice. */
export function awayMs(
  { outages, wrong }: Pick<ProbeCourse, 'outages' | 'wrong'>,
  watchedMs: number,
): number {
  return coveredMs([...outages, ...wrong], watchedMs);
}

/** ms that spells cover together; one without an end lasts until `endMs`. */
export function coveredMs(spells: readonly Spell[], endMs: number): number {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, until } of spells.toSorted((left, right) => left.from - right.from)) {
    const end = until ?? Math.max(from, endMs);
    if (end <= reached) continue;
    total += end - Math.max(from, reached);
    reached = end;
  }
  return total;
}
