import { openScenarioClient } from '../../milvus/scenario-client.ts';
import type { MilvusTarget } from '../../milvus/target.ts';
import type { Recorder } from '../recorder.ts';
import { cleanUpScenario } from './clean-up-scenario.ts';
import { clientsOf, openClients } from './clients.ts';
import { versionStep } from './record.ts';
import type { Scenario, Step } from './scenario.ts';
import { namesOf, type Stage } from './stage.ts';
import { createCollections, takeStep } from './take-step.ts';
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
      await cleanUpScenario(options, options.recorder, scenario, collection);
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
  const { recorder, signal, budgetMs, proxies = [], progress = () => undefined } = options;
  const names = namesOf(collection);
  const targets = proxies.length === 0 ? [options] : proxies;
  await using clients = await openClients(targets, recorder, scenario, names.database, {
    callTimeoutMs,
    signal,
  });
  const stage: Omit<Stage, 'client' | 'clientNumber' | 'collection'> = {
    scenario,
    alias: names.alias,
    seed: recorder.header.seed,
    generatedKeys: new Map(),
    signal,
    progress: (text) => progress(`${scenario.name}: ${text}`),
    deadline: recorder.now() + budgetMs,
    now: () => recorder.now(),
  };
  progress(scenario.name);
  if ((await createCollections(clients, scenario, collection)) !== undefined) return;
  for (const [index, step] of scenario.steps.entries()) {
    if (recorder.now() > stage.deadline) return;
    for (const chosen of clientsOf(step, clients)) {
      const taken = { ...stage, ...chosen, collection: nameFor(scenario, step, collection) };
      if ((await takeStep(taken, step, index + 1)) !== undefined) return;
    }
  }
}

function nameFor({ second }: Scenario, { on }: Step, collection: string): string {
  const names = namesOf(collection);
  if (on === 'alias') return names.alias;
  return on === 'second' && second === 'collection' ? names.second : collection;
}
