import { openScenarioClient, type ScenarioClient } from '../../milvus/scenario-client.ts';
import type { MilvusTarget } from '../../milvus/target.ts';
import { openEach } from '../open-each.ts';
import type { Recorder } from '../recorder.ts';
import { listStep, versionStep } from './record.ts';
import type { Scenario, Step } from './scenario.ts';
import { aliasOf, markerOf, type Stage } from './stage.ts';
import { createCollection, takeStep } from './take-step.ts';
import { offers } from './versions.ts';

export interface ScenariosOptions extends MilvusTarget {
  /** One target for each proxy pod; without them, the one target is taken for all. */
  readonly proxies?: readonly MilvusTarget[];
  /** Its header names the seed, the run's collection, and the scenarios. */
  readonly recorder: Recorder;
  readonly scenarios: readonly Scenario[];
  /** ms for each scenario; its clean-up has a budget of its own. */
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly progress?: (text: string) => void;
}

const callTimeoutMs = 10_000;

/**
 * Runs scenarios one after the other, each on a collection of its own, and records what came of each call. Judges
 * nothing, and stops nothing but the scenario that failed. What the server's version does not have is left out. Each
 * collection is removed on a fresh connection, also when aborted.
 *
 * @throws the signal's reason when aborted, and what no server did
 */
export async function runScenarios(options: ScenariosOptions): Promise<void> {
  const version = await askVersion(options);
  for (const scenario of options.scenarios) {
    if (!offers(version, scenario.since)) continue;
    const collection = scenarioCollection(options.recorder.header.collection, scenario.name);
    try {
      await play(options, scenario, collection);
    } finally {
      await cleanUp(options, scenario, collection);
    }
    options.signal.throwIfAborted();
  }
}

/** Names a scenario's collection after the run's own, and never with the same beginning. */
function scenarioCollection(runCollection: string, scenario: string): string {
  return `${runCollection.replace(/_roundtrip$/, '')}_${scenario.replaceAll(/[^A-Za-z0-9]+/g, '_')}`;
}

async function askVersion({ recorder, signal, ...target }: ScenariosOptions): Promise<string | undefined> {
  await using client = await openScenarioClient(target, recorder, { callTimeoutMs, signal });
  const answer = await client.version({ step: versionStep, request: {} });
  return answer.state === 'ok' ? answer.value.version : undefined;
}

async function play(options: ScenariosOptions, scenario: Scenario, collection: string): Promise<void> {
  const { recorder, signal, budgetMs, progress = () => undefined } = options;
  const limits = { callTimeoutMs, signal };
  await using clients = await openEach(targetsOf(options, scenario), (target) =>
    openScenarioClient(target, recorder, limits),
  );
  const [client] = clients.each;
  if (client === undefined) return;
  const stage: Stage = {
    client,
    scenario,
    collection,
    seed: recorder.header.seed,
    generatedKeys: new Map(),
    signal,
    progress: (text) => progress(`${scenario.name}: ${text}`),
    deadline: recorder.now() + budgetMs,
    now: () => recorder.now(),
  };
  progress(scenario.name);
  if ((await createCollection(stage)) !== undefined) return;
  for (const [index, step] of scenario.steps.entries()) {
    if (recorder.now() > stage.deadline) return;
    for (const each of clientsOf(step, clients.each)) {
      if (
        (await takeStep(
          { ...stage, client: each, collection: nameFor(step, collection) },
          step,
          index + 1,
        )) !== undefined
      )
        return;
    }
  }
}

function nameFor({ byAlias }: Step, collection: string): string {
  return byAlias === true ? aliasOf(collection) : collection;
}

function targetsOf(options: ScenariosOptions, { clients = 1 }: Scenario): readonly MilvusTarget[] {
  const { proxies = [] } = options;
  if (clients === 'each proxy') return proxies.length === 0 ? [options] : proxies;
  return Array.from({ length: clients }, () => options);
}

function clientsOf({ client = 0 }: Step, clients: readonly ScenarioClient[]): readonly ScenarioClient[] {
  if (client === 'each') return clients;
  const chosen = clients.at(client === 'last' ? -1 : client);
  if (chosen === undefined) throw new Error(`The scenario has no client ${client}.`);
  return [chosen];
}

async function cleanUp(options: ScenariosOptions, scenario: Scenario, collection: string): Promise<void> {
  const limits = { callTimeoutMs, signal: new AbortController().signal };
  await using client = await openScenarioClient(options, options.recorder, limits);
  const at = scenario.steps.length + 1;
  // Milvus drops no collection that has an alias.
  if (scenario.steps.some(({ act }) => act === 'create alias')) {
    await client.dropAlias(markerOf(scenario.name, at, 'drop alias at the end')(), aliasOf(collection));
  }
  await client.dropCollection(markerOf(scenario.name, at, 'drop at the end')(), collection);
  await client.listCollections(markerOf(scenario.name, at, listStep)(), collection);
}
