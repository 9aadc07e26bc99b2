import { openScenarioClient } from '../../milvus/scenario-client.ts';
import type { MilvusTarget } from '../../milvus/target.ts';
import type { Recorder } from '../recorder.ts';
import { listStep, versionStep } from './record.ts';
import type { Scenario } from './scenario.ts';
import { markerOf, type Stage } from './stage.ts';
import { createCollection, takeStep } from './take-step.ts';
import { offers } from './versions.ts';

export interface ScenariosOptions extends MilvusTarget {
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
    options.signal.throwIfAborted();
    if (!offers(version, scenario.since)) continue;
    const collection = scenarioCollection(options.recorder.header.collection, scenario.name);
    try {
      await play(options, scenario, collection);
    } finally {
      await cleanUp(options, scenario, collection);
    }
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
  await using client = await openScenarioClient(options, recorder, { callTimeoutMs, signal });
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
    if ((await takeStep(stage, step, index + 1)) !== undefined) return;
  }
}

async function cleanUp(options: ScenariosOptions, scenario: Scenario, collection: string): Promise<void> {
  const limits = { callTimeoutMs, signal: new AbortController().signal };
  await using client = await openScenarioClient(options, options.recorder, limits);
  const at = scenario.steps.length + 1;
  await client.dropCollection(markerOf(scenario.name, at, 'drop at the end')(), collection);
  await client.listCollections(markerOf(scenario.name, at, listStep)(), collection);
}
