import { openRecordingClient } from '../milvus/recording-client.ts';
import type { MilvusTarget } from '../milvus/target.ts';
import { cleanUp } from './clean-up.ts';
import type { Stop } from './history.ts';
import type { Recorder } from './recorder.ts';
import { roundTripSteps, type Trip } from './round-trip-steps.ts';
import { runScenarios } from './scenarios/run-scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface RoundTripOptions extends MilvusTarget {
  /** Its header names the seed, and the collection, which must not exist yet. */
  readonly recorder: Recorder;
  /** ms for all steps; the clean-up has a budget of its own. */
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly progress?: (text: string) => void;
  /** What is run after a round trip that came to its end; the history's header names them too. */
  readonly scenarios?: readonly Scenario[];
  /** One target for each proxy pod, for the scenarios that go through all of them. */
  readonly proxies?: readonly MilvusTarget[];
}

const callTimeoutMs = 10_000;
/** ms for each scenario. */
const scenarioBudgetMs = 120_000;

/**
 * Creates a collection of its own, writes, reads, deletes and drops, and records what came of each call. Judges
 * nothing. A step without which the next make no sense stops it; what it made is removed in any case, on a fresh
 * connection. Resolves also when aborted; the history then has no end.
 *
 * @throws what no server did: an error of this code, or of the disk that holds the history
 */
export async function runRoundTrip(options: RoundTripOptions): Promise<void> {
  const { recorder, signal } = options;
  let stopped: Stop | undefined;
  try {
    stopped = await act(options);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    options.progress?.('Round trip: clean up');
    await cleanUp(options, recorder);
  }
  if (stopped === undefined && !signal.aborted) await goOn(options);
  if (!signal.aborted) recorder.end(stopped);
}

async function goOn(options: RoundTripOptions): Promise<void> {
  const { scenarios = [], signal } = options;
  if (scenarios.length === 0) return;
  try {
    await runScenarios({ ...options, scenarios, budgetMs: scenarioBudgetMs });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function act(options: RoundTripOptions): Promise<Stop | undefined> {
  const { recorder, signal, budgetMs, progress = () => undefined } = options;
  signal.throwIfAborted();
  await using client = await openRecordingClient(options, recorder, { callTimeoutMs, signal });
  const { seed, collection } = recorder.header;
  const deadline = recorder.now() + budgetMs;
  const trip: Trip = { client, seed, collection, signal, progress, deadline, now: () => recorder.now() };
  for (const { name, run } of roundTripSteps) {
    if (recorder.now() > deadline) {
      return { step: name, reason: `The budget of ${budgetMs / 1000} s was spent before it.` };
    }
    progress(`Round trip: ${name}`);
    const reason = await run(trip);
    if (reason !== undefined) return { step: name, reason };
  }
  return undefined;
}
