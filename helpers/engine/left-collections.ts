import { z } from 'zod';
import type { Connection } from '../kubernetes/connection.ts';
import { observeObjects } from '../kubernetes/observe.ts';
import type { Result } from '../milvus/outcome.ts';
import { failureText, type MilvusReader, openReader } from '../upgrade/reader.ts';
import { ownPrefix, runBegan } from '../workload/own-names.ts';
import { apiComponent, openProxy } from './proxy.ts';
import { understandFor } from './understand-for.ts';

/** A run that began longer ago than this is over; ms. */
const longestRunMs = 24 * 3600 * 1000;

/**
 * Which collections no living run can want: those of the run that is known to be dead, and those of runs that began
 * more than a day ago. A canary is waited for by its `upgrade after`, however long that takes.
 *
 * @param dead the ids of runs that are known to have been killed
 */
export function leftCollections(
  names: readonly string[],
  dead: readonly string[],
  now: number,
): readonly string[] {
  const ofDead = dead.map((id) => `${ownPrefix(id)}_`);
  return names.filter((name) => {
    const began = runBegan(name);
    if (began === undefined || name.endsWith('_canary')) return false;
    if (ofDead.some((prefix) => name.startsWith(prefix))) return true;
    return now - began > longestRunMs;
  });
}

const collectionNames = z.object({ collection_names: z.array(z.string()).default([]) });
const databaseNames = z.object({ db_names: z.array(z.string()).default([]) });
const aliases = z.object({ aliases: z.array(z.string()).default([]) });
const done = z.object({});

/**
 * Removes what killed runs left in Milvus: collections with their aliases, and databases of their own.
 * @returns a line for each that was removed, or could not be; one where Milvus does not answer
 */
export async function removeLeftCollections(
  connection: Connection,
  instance: string | undefined,
  dead: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { observation } = await observeObjects(connection, connection.namespace, signal);
  const topology = understandFor(observation, instance);
  const component = apiComponent(topology);
  if (component === undefined) return [];
  await using proxy = await openProxy(connection, topology, component, process.env);
  await using reader = await openReader(proxy.target, signal);
  const isLeft = (names: readonly string[]) => leftCollections(names, dead, Date.now());
  const lines = await removeCollections(reader, isLeft);
  const databases = await reader.read('ListDatabases', {}, databaseNames);
  // A server before 2.3 has none.
  for (const database of databases.state === 'ok' ? isLeft(databases.value.db_names) : []) {
    await using inside = await openReader({ ...proxy.target, database }, signal);
    lines.push(...(await removeCollections(inside, (names) => names)));
    const dropped = await reader.send('DropDatabase', { db_name: database }, done);
    lines.push(removedText(`Database ${database}`, dropped));
  }
  return lines;
}

async function removeCollections(
  reader: MilvusReader,
  isLeft: (names: readonly string[]) => readonly string[],
): Promise<string[]> {
  const listed = await reader.read('ShowCollections', {}, collectionNames);
  if (listed.state !== 'ok') {
    return [`Collections were not looked for: Milvus did not list them (${failureText(listed)})`];
  }
  const lines: string[] = [];
  for (const collection_name of isLeft(listed.value.collection_names)) {
    // With an alias on it, it cannot be dropped.
    const described = await reader.read('DescribeCollection', { collection_name }, aliases);
    for (const alias of described.state === 'ok' ? described.value.aliases : []) {
      lines.push(removedText(`Alias ${alias}`, await reader.send('DropAlias', { alias }, done)));
    }
    const dropped = await reader.send('DropCollection', { collection_name }, done);
    lines.push(removedText(`Collection ${collection_name}`, dropped));
  }
  return lines;
}

function removedText(what: string, result: Result<unknown>): string {
  return result.state === 'ok'
    ? `${what}: removed`
    : `${what}: not removed (${failureText(result)}); run clean again`;
}
