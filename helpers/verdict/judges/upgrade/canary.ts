import type { CanaryFacts } from '../../../upgrade/snapshot.ts';
import { canaryAnswers, canaryKeys, standingRow, writtenRow } from '../../../workload/canary.ts';
import { checksumOfRow } from '../../../workload/ledger/row.ts';
import { sameDistance } from '../../../workload/oracle.ts';
import type { Judge } from '../../../engine/context.ts';
import type { Finding } from '../../finding.ts';
import { fail, inconclusive, pass, skipped } from '../../outcomes.ts';
import { counted, sidesOf } from './sides.ts';

/** UPG-160. */
export const canaryIsAsWritten: Judge = (evidence) => {
  const { before, after, subject: instance } = sidesOf(evidence);
  const [left, found] = [before.canary, after.canary];
  if (left === undefined || found === undefined) {
    return [skipped(instance, 'No canary was left before the upgrade (`upgrade before --with-canary`).')];
  }
  const subject = { kind: 'Collection', name: left.plan.collection };
  if (left.state !== 'written') {
    return [inconclusive(subject, `It could not be made before: ${left.error ?? left.state}`, 'A canary.')];
  }
  if (found.state === 'gone') return [wrong(subject, 'The canary is not there any more.')];
  if (found.state !== 'read') {
    return [inconclusive(subject, `It cannot be read: ${found.error ?? found.state}`, 'All of its rows.')];
  }
  const problems = problemsOf(found);
  const remains: readonly Finding[] =
    found.removed === false
      ? [inconclusive(subject, 'It could not be removed.', 'No collection of the suite’s is left.')]
      : [];
  if (problems.length > 0) return [...problems.map((text) => wrong(subject, text)), ...remains];
  return [pass(subject, `${counted(found.rows?.length ?? 0, 'row')}, all as written.`), ...remains];
};

function wrong(subject: Finding['subject'], observed: string): Finding {
  return {
    ...fail(subject, { observed, expected: 'Just the rows that were written and not deleted.' }),
    wrong: true,
  };
}

/** At most so many keys in a text. */
const shownAtMost = 8;

function problemsOf({ plan, rows = [], count, searches = [] }: CanaryFacts): readonly string[] {
  const seen = new Map(rows);
  const kinds = {
    lost: [] as number[],
    back: [] as number[],
    older: [] as number[],
    changed: [] as number[],
  };
  let standing = 0;
  for (const key of canaryKeys(plan)) {
    const row = standingRow(plan, key);
    const checksum = seen.get(key);
    if (row !== undefined) standing += 1;
    if (row === undefined && checksum !== undefined) kinds.back.push(key);
    else if (row !== undefined && checksum === undefined) kinds.lost.push(key);
    else if (row !== undefined && checksum !== checksumOfRow(row)) {
      const isOlder = row.generation > 0 && checksum === checksumOfRow(writtenRow(plan, key, 0));
      kinds[isOlder ? 'older' : 'changed'].push(key);
    }
  }
  const say = (keys: readonly number[], text: string) =>
    keys.length === 0 ? [] : [`${counted(keys.length, 'row')} ${text}: keys ${keysText(keys)}.`];
  const texts = [
    ...say(kinds.lost, 'lost'),
    ...say(kinds.back, 'back that had been deleted'),
    ...say(kinds.older, 'as before an upsert'),
    ...say(kinds.changed, 'changed'),
  ];
  if (count !== undefined && count !== standing) texts.push(`count(*) is ${count}, not ${standing}.`);
  return texts.length > 0 ? texts : searchProblems(plan, searches);
}

function searchProblems(
  plan: CanaryFacts['plan'],
  searches: NonNullable<CanaryFacts['searches']>,
): readonly string[] {
  const answers = canaryAnswers(plan);
  return searches.flatMap(({ query, hits }) => {
    const exact = answers.get(query) ?? [];
    const distances = hits.map(({ distance }) => distance);
    const isRight =
      hits.length === exact.length &&
      exact.every(({ distance }, at) => sameDistance(distance, distances[at] ?? Number.NaN));
    if (isRight) return [];
    const text = (list: readonly number[]) => list.join(', ');
    return [
      `The search for row ${query} found distances ${text(distances)}, not ${text(exact.map(({ distance }) => distance))}.`,
    ];
  });
}

function keysText(keys: readonly number[]): string {
  const more = keys.length - shownAtMost;
  return more > 0 ? `${keys.slice(0, shownAtMost).join(', ')} and ${more} more` : keys.join(', ');
}
