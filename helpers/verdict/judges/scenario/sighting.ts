import type { Act } from '../../../workload/scenarios/record.ts';

/** What is wrong with an answer, and how a report says it of rows. */
const verdicts = {
  LOST: 'acknowledged, and not there',
  PHANTOM: 'there, and never written',
  DUPLICATE: 'there more than once',
  RESURRECTED: 'there after the deletion was acknowledged',
  ROLLED_BACK: 'there as it was before it was written over',
  TORN: 'there with other values than were written',
  MISSED: 'matching, and not returned',
  UNASKED: 'returned, and not matching',
  MISCOUNTED: 'counted wrong',
  SHORT: 'missing from a search',
  WRONG_ORDER: 'in the wrong place',
  WRONG_DISTANCE: 'at the wrong distance',
  WRONG_ROW: 'found in place of a nearer one',
  NOT_REFUSED: 'taken, and must be refused',
  LOW_RECALL: 'not found often enough',
} as const;
export type Verdict = keyof typeof verdicts;

/** One wrong answer. */
export interface Sighting {
  readonly verdict: Verdict;
  readonly act: Act;
  /** One sentence without its end: what was seen. */
  readonly text: string;
}

const shown = 8;

/** Keys for a sentence: the first few, and how many more. */
function keysText(keys: readonly string[]): string {
  const rest = keys.length - shown;
  const first = keys.slice(0, shown).join(', ');
  return rest > 0 ? `${first} and ${rest} more` : first;
}

/** A sighting of rows by their keys. */
export function ofRows(verdict: Verdict, act: Act, keys: readonly string[]): Sighting {
  const rows = keys.length === 1 ? '1 row' : `${keys.length} rows`;
  return { verdict, act, text: `${rows} ${verdicts[verdict]}: ${keysText(keys)}` };
}
