import { setTimeout as sleep } from 'node:timers/promises';
import { plainInsert } from '../../milvus/plain-insert.ts';
import { countRows, readPages, readRows, search, selectRows } from './read-steps.ts';
import { type Step, stepText } from './scenario.ts';
import { aliasOf, markerOf, refusal, type Stage } from './stage.ts';
import { buildIndexes, compact, flush, load } from './wait-steps.ts';
import { deleteRows, deleteWhere, write } from './write-steps.ts';

/** Makes the scenario's collection. Resolves to the reason for which no step makes sense. */
export async function createCollection(stage: Stage): Promise<string | undefined> {
  const { client, scenario, collection } = stage;
  const mark = markerOf(scenario.name, 0, 'create');
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
  const { client, scenario, collection } = stage;
  const mark = markerOf(scenario.name, at, stepText(step));
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
      return refusal(await client.createAlias(mark(), collection, aliasOf(collection)));
    case 'drop alias':
      return refusal(await client.dropAlias(mark(), aliasOf(collection)));
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
  }
}
