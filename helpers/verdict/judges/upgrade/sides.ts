import type { Evidence } from '../../../engine/context.ts';
import type { CollectionFacts } from '../../../upgrade/snapshot-collection.ts';
import type { Snapshot } from '../../../upgrade/snapshot.ts';
import type { Finding, Subject } from '../../finding.ts';
import { pass, skipped } from '../../outcomes.ts';
import { instanceSubject } from '../../subjects.ts';

/** Both sides of an upgrade, and the deployment as a subject. */
export interface Sides {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly subject: Subject;
}

/** @throws Error where there are not two; such a check is skipped before its judge is asked */
export function sidesOf({ upgrade, topology }: Evidence): Sides {
  if (upgrade?.after === undefined) throw new Error('there is no snapshot from after an upgrade');
  return { before: upgrade.before, after: upgrade.after, subject: instanceSubject(topology.instance) };
}

/** A collection as both snapshots have it. */
export interface Pair {
  readonly before: CollectionFacts;
  readonly after: CollectionFacts;
  readonly subject: Subject;
}

/** Collections that are on both sides. */
export function pairsOf({ before, after }: Pick<Sides, 'before' | 'after'>): readonly Pair[] {
  const found = new Map(after.collections.map((each) => [nameOf(each), each]));
  return before.collections.flatMap((each) => {
    const other = found.get(nameOf(each));
    return other === undefined ? [] : [{ before: each, after: other, subject: collectionSubject(each) }];
  });
}

/** `database.name`, or only the name in the default database. */
export function nameOf({ database, name }: Pick<CollectionFacts, 'database' | 'name'>): string {
  return database === 'default' ? name : `${database}.${name}`;
}

export function collectionSubject(collection: Pick<CollectionFacts, 'database' | 'name'>): Subject {
  return { kind: 'Collection', name: nameOf(collection) };
}

/** Findings, with one that says what was looked at where nothing is wrong. */
export function orPass(found: readonly Finding[], subject: Subject, looked: string): readonly Finding[] {
  const troubles = found.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skipped');
  return troubles.length > 0 ? found : [...found, pass(subject, looked)];
}

/** Findings, with one that says why where none of them judged anything. */
export function orSkipped(found: readonly Finding[], subject: Subject, reason: string): readonly Finding[] {
  return found.some(({ outcome }) => outcome !== 'skipped') ? found : [...found, skipped(subject, reason)];
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
