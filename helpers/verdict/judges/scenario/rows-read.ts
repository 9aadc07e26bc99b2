import { type Act, valueOf } from '../../../workload/scenarios/record.ts';
import { numbersOf } from '../../../workload/scenarios/rows.ts';
import type { Step } from '../../../workload/scenarios/scenario.ts';
import type { Held, HeldRow } from './held.ts';
import { ofRows, type Sighting, type Verdict } from './sighting.ts';

interface RowRead {
  readonly key: string;
  readonly checksum: string;
}

/** Rows read by key: what is there must be there once and as it was written; nothing else may be. */
export function wrongInRead(held: Held, step: Extract<Step, { act: 'read' }>, act: Act): readonly Sighting[] {
  const rows = valueOf('rows', act.outcome)?.rows;
  if (rows === undefined) return [];
  const keys = new Set(numbersOf(act.request.rows ?? step.rows).map((number) => held.keyOf(number)));
  const expected = held.matching(undefined, step.partitions).filter(({ key }) => keys.has(key));
  return compare(held, act, rows, expected, 'LOST');
}

/** Rows read by a filter. */
export function wrongInSelect(
  held: Held,
  step: Extract<Step, { act: 'select' }>,
  act: Act,
): readonly Sighting[] {
  const rows = valueOf('rows', act.outcome)?.rows;
  if (rows === undefined) return [];
  return compare(held, act, rows, held.matching(step.filter, step.partitions), 'MISSED');
}

/** All pages of a step together: every row once, in the order of the keys within each page and between pages. */
export function wrongInPages(
  held: Held,
  step: Extract<Step, { act: 'page' }>,
  acts: readonly Act[],
): readonly Sighting[] {
  const [act] = acts;
  const pages = acts.map(({ outcome }) => valueOf('rows', outcome)?.rows);
  if (act === undefined || pages.includes(undefined)) return [];
  const rows = pages.flatMap((page) => page ?? []);
  return compare(held, act, rows, held.matching(undefined, step.partitions), 'LOST');
}

/** `count(*)`: what it counts too much cannot be named, only guessed from what was done before. */
export function wrongInCount(
  held: Held,
  step: Extract<Step, { act: 'count' }>,
  act: Act,
): readonly Sighting[] {
  const count = valueOf('count', act.outcome)?.count;
  const expected = held.matching(step.filter, step.partitions).length;
  if (count === undefined || count === expected) return [];
  const difference = Math.abs(count - expected);
  const text = `count(*) says ${count} instead of ${expected}, ${difference} too ${count > expected ? 'many' : 'few'}`;
  return [{ verdict: verdictOfCount(held, step, count - expected), act, text }];
}

function verdictOfCount(held: Held, { filter }: Extract<Step, { act: 'count' }>, excess: number): Verdict {
  if (filter !== undefined) return 'MISCOUNTED';
  if (excess < 0) return 'LOST';
  if (held.replaced.size > 0) return 'DUPLICATE';
  return held.deleted.size > 0 ? 'RESURRECTED' : 'PHANTOM';
}

function compare(
  held: Held,
  act: Act,
  rows: readonly RowRead[],
  expected: readonly HeldRow[],
  missing: Verdict,
): readonly Sighting[] {
  const byKey = Map.groupBy(rows, ({ key }) => key);
  const wanted = new Set(expected.map(({ key }) => key));
  const wrong = new Map<string, Verdict>();
  for (const key of wanted) if (!byKey.has(key)) wrong.set(key, missing);
  for (const [key, seen] of byKey) {
    const verdict = verdictOfRow(held, key, seen, wanted.has(key));
    if (verdict !== undefined) wrong.set(key, verdict);
  }
  const byVerdict = Map.groupBy(wrong.keys(), (key) => wrong.get(key) ?? missing);
  return [...byVerdict].map(([verdict, keys]) => ofRows(verdict, act, keys));
}

function verdictOfRow(
  held: Held,
  key: string,
  seen: readonly RowRead[],
  wanted: boolean,
): Verdict | undefined {
  const row = held.rows.get(key);
  if (row === undefined) return held.deleted.has(key) ? 'RESURRECTED' : 'PHANTOM';
  const wrong = seen.find(({ checksum }) => checksum !== row.checksum);
  if (seen.length > 1) return 'DUPLICATE';
  if (wrong !== undefined) return held.wasOnce(key, wrong.checksum) ? 'ROLLED_BACK' : 'TORN';
  return wanted ? undefined : 'UNASKED';
}
