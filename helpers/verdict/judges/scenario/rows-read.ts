import { type Act, valueOf } from '../../../workload/scenarios/record.ts';
import { numbersOf } from '../../../workload/scenarios/rows.ts';
import type { Level, Step } from '../../../workload/scenarios/scenario.ts';
import { mayMiss } from './freshness.ts';
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
  return compare(held, act, rows, expected, { missing: 'LOST', level: step.level, asked: keys });
}

/** Rows read by a filter. */
export function wrongInSelect(
  held: Held,
  step: Extract<Step, { act: 'select' }>,
  act: Act,
): readonly Sighting[] {
  const rows = valueOf('rows', act.outcome)?.rows;
  if (rows === undefined) return [];
  const expected = held.matching(step.filter, step.partitions);
  return compare(held, act, rows, expected, { missing: 'MISSED', level: step.level });
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
  const expected = held.matching(undefined, step.partitions);
  return compare(held, act, rows, expected, { missing: 'LOST', level: step.level });
}

/** `count(*)`: what it counts too much cannot be named, only guessed from what was done before. */
export function wrongInCount(
  held: Held,
  step: Extract<Step, { act: 'count' }>,
  act: Act,
): readonly Sighting[] {
  const count = valueOf('count', act.outcome)?.count;
  const expected = held.matching(step.filter, step.partitions).length;
  if (count === expected + seenToDiffer(held, step)) return [];
  if (count === undefined || count === expected) return [];
  if (isYoung(held, step, act)) return [];
  const difference = Math.abs(count - expected);
  const text = `count(*) says ${count} instead of ${expected}, ${difference} too ${count > expected ? 'many' : 'few'}`;
  return [{ verdict: verdictOfCount(held, step, count - expected), act, text }];
}

/** By how much the count is off because of rows that reads by key have shown. */
function seenToDiffer(held: Held, { filter, partitions }: Extract<Step, { act: 'count' }>): number {
  const there = new Set(held.matching(filter, partitions).map(({ key }) => key));
  const verdicts = [...held.wrong];
  const lost = verdicts.filter(([key, verdict]) => verdict === 'LOST' && there.has(key)).length;
  const extra = verdicts.filter(([, verdict]) => verdict === 'PHANTOM' || verdict === 'RESURRECTED').length;
  return (filter === undefined && partitions === undefined ? extra : 0) - lost;
}

/** Whether a count at this level may lag behind a write. */
function isYoung(held: Held, { level }: Extract<Step, { act: 'count' }>, act: Act): boolean {
  const writes = [...held.rows.values(), ...held.deleted.values()];
  return writes.some((written) => mayMiss(level, written, act));
}

function verdictOfCount(held: Held, { filter }: Extract<Step, { act: 'count' }>, excess: number): Verdict {
  if (filter !== undefined) return 'MISCOUNTED';
  if (excess < 0) return 'LOST';
  if (held.replaced.size > 0) return 'DUPLICATE';
  return held.deleted.size > 0 ? 'RESURRECTED' : 'PHANTOM';
}

interface Comparison {
  /** The verdict for a row that is not there. */
  readonly missing: Verdict;
  readonly level: Level | undefined;
  /** Keys that were read: of these it says for certain whether a row is there. */
  readonly asked?: ReadonlySet<string | undefined>;
}

function compare(
  held: Held,
  act: Act,
  rows: readonly RowRead[],
  expected: readonly HeldRow[],
  { missing, level, asked }: Comparison,
): readonly Sighting[] {
  const byKey = Map.groupBy(rows, ({ key }) => key);
  const wanted = new Set(expected.map(({ key }) => key));
  const wrong = new Map<string, Verdict>();
  for (const row of expected) {
    if (!byKey.has(row.key) && !mayMiss(level, row, act)) wrong.set(row.key, missing);
  }
  for (const [key, seen] of byKey) {
    const verdict = verdictOfRow(held, key, seen, wanted.has(key));
    const changed = held.deleted.get(key) ?? held.rows.get(key);
    const isOld = verdict === 'RESURRECTED' || verdict === 'ROLLED_BACK';
    const isLate = isOld && changed !== undefined && mayMiss(level, changed, act);
    if (verdict !== undefined && !isLate) wrong.set(key, verdict);
  }
  for (const key of held.wrong.keys()) if (asked?.has(key) === true) held.wrong.delete(key);
  for (const [key, verdict] of wrong) {
    if (asked !== undefined && verdict !== 'UNASKED') held.wrong.set(key, verdict);
    else if (held.wrong.has(key)) wrong.delete(key);
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
