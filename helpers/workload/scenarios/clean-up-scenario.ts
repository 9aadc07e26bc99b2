import { openScenarioClient } from '../../milvus/scenario-client.ts';
import type { MilvusTarget } from '../../milvus/target.ts';
import type { Recorder } from '../recorder.ts';
import { listStep } from './record.ts';
import type { Scenario } from './scenario.ts';
import { markerOf, namesOf } from './stage.ts';

const callTimeoutMs = 10_000;

/** Removes what a scenario made, and looks whether anything is left: on a fresh connection, and not aborted with the run. */
export async function cleanUpScenario(
  target: MilvusTarget,
  recorder: Recorder,
  scenario: Scenario,
  collection: string,
): Promise<void> {
  const { alias, second, database } = namesOf(collection);
  const limits = { callTimeoutMs, signal: new AbortController().signal };
  const mark = (text: string) => markerOf(scenario.name, scenario.steps.length + 1, text)();
  await using client = await openScenarioClient(target, recorder, limits);
  // Milvus drops no collection that has an alias.
  if (scenario.steps.some(({ act }) => act === 'create alias')) {
    await client.dropAlias(mark('drop alias at the end'), alias);
  }
  await client.dropCollection(mark('drop at the end'), collection);
  if (scenario.second === 'collection') {
    await client.dropCollection(mark('drop second at the end'), second);
  }
  if (scenario.second === 'database') {
    // Milvus drops no database that has a collection.
    await using inside = await openScenarioClient({ ...target, database }, recorder, limits);
    await inside.dropCollection(mark('drop second at the end'), collection);
    await client.dropDatabase(mark('drop database at the end'), database);
    await client.listDatabases(mark(`databases: ${listStep}`), database);
  }
  await client.listCollections(mark(listStep), collection);
}
