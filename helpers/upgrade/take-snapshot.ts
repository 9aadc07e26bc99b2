import pLimit from 'p-limit';
import { z } from 'zod';
import type { MilvusTarget } from '../milvus/target.ts';
import { Pace } from './pace.ts';
import { failureText, openReader, type MilvusReader } from './reader.ts';
import type { CollectionFacts } from './snapshot-collection.ts';
import type { ReadLimits, Snapshot } from './snapshot.ts';
import { takeCollection } from './take-collection.ts';
import type { Unfinished } from './unfinished.ts';

/** Collections read side by side. */
const atOnce = 4;

/** ms for collections that were loaded before to be loaded again, all together. */
const loadBudgetMs = 180_000;

/** Where a Milvus without databases keeps everything. */
const onlyDatabase = 'default';

const databaseNames = z.object({ db_names: z.array(z.string()) }).transform(({ db_names }) => db_names);
const shown = z
  .object({ collection_names: z.array(z.string()), collection_ids: z.array(z.string()) })
  .transform(({ collection_names: names, collection_ids: ids }) =>
    names.map((name, at) => ({ name, id: ids[at] ?? '' })),
  );

export interface SnapshotAsked {
  readonly target: MilvusTarget;
  readonly limits: ReadLimits;
  /** Where what was read so far is kept; without it nothing is. */
  readonly unfinished: Unfinished | undefined;
  /** An earlier snapshot: the same rows and fields are read as for it. */
  readonly before: Snapshot | undefined;
  /** Collections that are not the user's. */
  readonly isOwn: (name: string) => boolean;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

type Contents = Pick<Snapshot, 'databases' | 'collections' | 'unread' | 'cost'>;

/**
 * Reads everything that a user has in a Milvus, and changes nothing. What could not be read is in `unread`. Rejects
 * with the signal's reason when aborted.
 */
export async function takeContents(asked: SnapshotAsked): Promise<Contents> {
  const { target, limits, signal } = asked;
  const start = performance.now();
  await using reader = await openReader(target, signal);
  const pace = new Pace(limits.rowsPerSecond, signal);
  const patience = AbortSignal.any([signal, AbortSignal.timeout(loadBudgetMs)]);
  const unread: Contents['unread'] = [];
  const databases = await databasesOf(reader, unread);
  const listed = await collectionsOf(reader, databases, unread);
  const wanted = listed.filter(({ name }) => !asked.isOwn(name));
  const limit = pLimit(atOnce);
  let done = 0;
  const taken = await Promise.all(wanted.map((each) => limit(() => take(each))));
  const collections = taken.flatMap((each) => each ?? []);
  return {
    databases,
    collections: collections.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)),
    unread,
    cost: { requests: reader.requests, rows: pace.rows, durationMs: Math.round(performance.now() - start) },
  };

  async function take({ database, name, id }: Listed): Promise<CollectionFacts | undefined> {
    const known = asked.unfinished?.found(database, id);
    const before = asked.before?.collections.find((each) => each.database === database && each.name === name);
    const result =
      known === undefined
        ? await takeCollection(reader, { database, name, rows: limits.rows, before, patience }, pace)
        : ({ state: 'ok', value: known } as const);
    done += 1;
    asked.progress(`${done} of ${wanted.length} collections, ${pace.rows} rows`);
    if (result.state === 'ok') {
      if (known === undefined) await asked.unfinished?.add(result.value);
      return result.value;
    }
    unread.push({ what: `collection ${nameOf({ database, name })}`, error: failureText(result) });
    return undefined;
  }
}

interface Listed {
  readonly database: string;
  readonly name: string;
  readonly id: string;
}

/** Before 2.3 there are no databases, and the call is not known. */
async function databasesOf(reader: MilvusReader, unread: Contents['unread']): Promise<string[]> {
  const answer = await reader.read('ListDatabases', {}, databaseNames);
  if (answer.state === 'ok') return answer.value.toSorted();
  if (answer.code !== 'UNIMPLEMENTED') unread.push({ what: 'the databases', error: failureText(answer) });
  return [onlyDatabase];
}

async function collectionsOf(
  reader: MilvusReader,
  databases: readonly string[],
  unread: Contents['unread'],
): Promise<Listed[]> {
  const found: Listed[] = [];
  for (const database of databases) {
    const answer = await reader.read('ShowCollections', { db_name: database }, shown);
    if (answer.state === 'ok') found.push(...answer.value.map((each) => ({ database, ...each })));
    else unread.push({ what: `database ${database}`, error: failureText(answer) });
  }
  return found;
}

/** `database.name`, or only the name in the default database. */
function nameOf({ database, name }: Pick<CollectionFacts, 'database' | 'name'>): string {
  return database === onlyDatabase ? name : `${database}.${name}`;
}
