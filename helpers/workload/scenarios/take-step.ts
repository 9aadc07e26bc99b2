import { setTimeout as sleep } from 'node:timers/promises';
import { plainInsert } from '../../milvus/plain-insert.ts';
import type { ScenarioClient } from '../../milvus/scenario-client.ts';
import type { ScenarioClients } from './clients.ts';
import { countRows, readPages, readRows, selectRows } from './read-steps.ts';
import type { Scenario, Step } from './scenario.ts';
import { type Marker, markerOf, namesOf, refusal, type Stage } from './stage.ts';
import { hybridSearch, match, search } from './search-steps.ts';
import { stepText } from './step-text.ts';
import { buildIndexes, compact, flush, load } from './wait-steps.ts';
import { deleteRows, deleteWhere, write } from './write-steps.ts';

/** Makes the scenario's collections. Resolves to the reason for which no step makes sense. */
export async function createCollections(
  { first, inDatabase }: ScenarioClients,
  scenario: Scenario,
  collection: string,
): Promise<string | undefined> {
  const mark = markerOf(scenario.name, 0, 'create');
  const { second, database } = namesOf(collection);
  const reason = await createOne(first, mark, scenario, collection);
  if (reason !== undefined || scenario.second === undefined) return reason;
  if (inDatabase === undefined) return createOne(first, mark, scenario, second);
  const failed = refusal(await first.createDatabase(mark(), database));
  return failed ?? createOne(inDatabase, mark, scenario, collection);
}

async function createOne(
  client: ScenarioClient,
  mark: Marker,
  scenario: Scenario,
  collection: string,
): Promise<string | undefined> {
  const reason = refusal(await client.create(mark(), collection, scenario.fields));
  if (reason !== undefined) return reason;
  for (const partition of scenario.partitions ?? []) {
    const failed = refusal(await client.createPartition(mark(), collection, partition));
    if (failed !== undefined) return failed;
  }
  return undefined;
}

/** Takes one step, `at` in the plan's order from 1. Resolves to the reason for which no later one makes sense. */
export async function takeStep(stage: Stage, step: Step, at: number): Promise<string | undefined> {
  const { client, clientNumber, scenario, collection } = stage;
  const mark = markerOf(scenario.name, at, stepText(step), clientNumber);
  switch (step.act) {
    case 'insert':
    case 'upsert':
      return write(stage, mark, step);
    case 'delete':
      return deleteRows(stage, mark, step);
    case 'delete where':
      return deleteWhere(stage, mark, step);
    case 'flush':
      return flush(stage, mark);
    case 'index':
      return buildIndexes(stage, mark);
    case 'load':
      return load(stage, mark);
    case 'compact':
      return compact(stage, mark);
    case 'refused':
      await client.insertPlain(mark(), plainInsert(collection, scenario.fields, step.rows));
      return undefined;
    case 'pause':
      await sleep(step.seconds * 1000, undefined, { signal: stage.signal });
      return undefined;
    case 'release':
      return refusal(await client.release(mark(), collection));
    case 'create alias':
      return refusal(await client.createAlias(mark(), collection, stage.alias));
    case 'move alias':
      return refusal(await client.moveAlias(mark(), collection, stage.alias));
    case 'drop alias':
      return refusal(await client.dropAlias(mark(), stage.alias));
    case 'create partition':
      return refusal(await client.createPartition(mark(), collection, step.partition));
    case 'drop partition':
      return refusal(await client.dropPartition(mark(), collection, step.partition));
    case 'read':
      return readRows(stage, mark, step);
    case 'select':
      return selectRows(stage, mark, step);
    case 'count':
      return countRows(stage, mark, step);
    case 'page':
      return readPages(stage, mark, step);
    case 'search':
      return search(stage, mark, step);
    case 'hybrid search':
      return hybridSearch(stage, mark, step);
    case 'match':
      return match(stage, mark, step);
  }
}
