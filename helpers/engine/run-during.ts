import { setTimeout as sleep } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { observeObjects } from '../kubernetes/observe.ts';
import { watchPods, type WatchedPods } from '../kubernetes/watch-pods.ts';
import { paces, type Pace } from '../resilience/pace.ts';
import { partOf, partsOf, type Part } from '../resilience/parts.ts';
import { whatIsNotRight } from '../resilience/recovered.ts';
import type { Pod } from '../topology/objects.ts';
import type { Topology } from '../topology/model.ts';
import { rolloutState } from '../upgrade/rollout.ts';
import type { DeploymentFacts } from '../upgrade/snapshot.ts';
import type { makeDuringFolder } from '../upgrade/upgrade-folder.ts';
import type { Stop } from '../workload/history.ts';
import { HistoryFile } from '../workload/history-file.ts';
import type { LoadLevel, LoadPlan, LoadSettings, RunningLoad } from '../workload/load/contract.ts';
import { dropLoad } from '../workload/load/drop-load.ts';
import { LedgerKeys } from '../workload/load/ledger-keys.ts';
import { planLoad } from '../workload/load/plan-load.ts';
import { prepareLoad } from '../workload/load/prepare-load.ts';
import { startLoad } from '../workload/load/start-load.ts';
import { verifyLoad } from '../workload/load/verify-load.ts';
import { apiComponent, openProxy } from './proxy.ts';
import type { OpenTarget } from './target.ts';
import { understandFor } from './understand-for.ts';
import { UsageError } from './usage-error.ts';

export interface DuringAsked {
  readonly files: Awaited<ReturnType<typeof makeDuringFolder>>;
  /** Components as they were before the upgrade. */
  readonly before: DeploymentFacts['components'];
  readonly instance: string | undefined;
  /** Loads of this upgrade that were cut short: what they left is removed. */
  readonly earlier: readonly LoadPlan[];
  /** Becomes part of the collections' names. */
  readonly runId: string;
  readonly seed: number;
  readonly level: LoadLevel;
  /** ms until the rollout must have ended. */
  readonly budgetMs: number;
  /** Makes the change; without it, somebody else does. Resolves to why it failed, in words. */
  readonly change: ((signal: AbortSignal) => Promise<string | undefined>) | undefined;
  readonly progress: (text: string) => void;
  readonly signal: AbortSignal;
}

/** ms between two looks at the rollout. */
const lookEveryMs = { cluster: 2000, embedded: 300 } as const;

/**
 * Reads and writes while an upgrade goes on, and writes down what came of it: until the rollout has ended and all was
 * right for a while, or the budget is spent. Its collections are removed again.
 *
 * @returns how it ended, in words
 * @throws UsageError, EnvironmentError, the signal's reason, after its collections are removed
 */
export async function runDuring(target: OpenTarget, asked: DuringAsked): Promise<string> {
  const { connection, source } = target;
  const { signal, progress, files } = asked;
  const { observation } = await observeObjects(connection, connection.namespace, signal);
  const topology = understandFor(observation, asked.instance);
  const component = apiComponent(topology);
  if (component === undefined)
    throw new UsageError('upgrade: no component with replicas serves the Milvus API');
  const plan = planLoad(asked);
  await writeFileAtomic(files.plan, `${JSON.stringify(plan, undefined, 2)}\n`);
  await using recorder = new HistoryFile(files.history, {
    workload: 'upgrade',
    seed: plan.seed,
    collection: plan.collections.ledger,
  });
  await using proxy = await openProxy(connection, topology, component, process.env);
  const parts = partsOf(topology);
  await using pods = await watchPods(
    connection,
    connection.namespace,
    (pod) => partOf(parts, pod.metadata.labels)?.name ?? labelledPart(pod),
    recorder,
    signal,
  );
  const load: LoadSettings = {
    target: proxy.target,
    recorder,
    plan,
    keys: new LedgerKeys(),
    signal,
    progress,
  };
  const pace = paces[source.kind === 'embedded' ? 'embedded' : 'cluster'];
  // Not aborted with the run: its calls are few, and each has a time-out.
  const remove = () => dropLoad({ ...load, signal: new AbortController().signal });
  for (const left of asked.earlier) await dropLoad({ ...load, plan: left });
  try {
    const { stopped, text } = await new During(target, asked, topology, load, pods, pace).run();
    await remove();
    recorder.end(stopped);
    return text;
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A component that was not there before is known by the label that the chart and the operator give it. */
function labelledPart({ metadata }: Pod): string | undefined {
  const labels = metadata.labels ?? {};
  return labels['app.kubernetes.io/name'] === 'milvus'
    ? (labels['app.kubernetes.io/component'] ?? labels['component'])
    : undefined;
}

interface Ended {
  readonly stopped?: Stop;
  readonly text: string;
}

class During {
  readonly #target: OpenTarget;
  readonly #asked: DuringAsked;
  readonly #first: Topology;
  readonly #load: LoadSettings;
  readonly #pods: WatchedPods;
  readonly #pace: Pace;
  /** Parts as they are now: components come and go. */
  #parts: readonly Part[];

  constructor(
    target: OpenTarget,
    asked: DuringAsked,
    first: Topology,
    load: LoadSettings,
    pods: WatchedPods,
    pace: Pace,
  ) {
    this.#target = target;
    this.#asked = asked;
    this.#first = first;
    this.#load = load;
    this.#pods = pods;
    this.#pace = pace;
    this.#parts = partsOf(first);
  }

  async run(): Promise<Ended> {
    const { recorder } = this.#load;
    recorder.note({ kind: 'phase', phase: 'prepare' });
    const unprepared = await prepareLoad(this.#load);
    if (unprepared !== undefined)
      return { stopped: { step: 'prepare', reason: unprepared }, text: unprepared };
    recorder.note({ kind: 'phase', phase: 'steady' });
    const running = await startLoad(this.#load);
    let ended: Ended;
    try {
      ended = await this.#follow(running);
    } finally {
      await running.stop();
    }
    this.#asked.signal.throwIfAborted();
    recorder.note({ kind: 'phase', phase: 'verify' });
    const unverified = await verifyLoad(this.#load);
    return unverified === undefined ? ended : { ...ended, stopped: { step: 'verify', reason: unverified } };
  }

  /** From steady reads and writes to the end of the rollout. */
  async #follow(running: RunningLoad): Promise<Ended> {
    const { recorder } = this.#load;
    const { signal, progress, change, budgetMs } = this.#asked;
    const { steadyMs, steadyBudgetMs, quietMs } = this.#pace;
    const unsteady = await this.#untilRight(running, { forMs: steadyMs, budgetMs: steadyBudgetMs });
    if (unsteady !== undefined) return { stopped: { step: 'steady', reason: unsteady }, text: unsteady };
    const deadline = recorder.now() + budgetMs;
    if (change === undefined) {
      progress('Reads and writes are right; waiting for the rollout to begin');
      if (!(await this.#untilChanged(deadline))) {
        const text = `no rollout began within ${budgetMs / 1000} s`;
        return { stopped: { step: 'rollout', reason: text }, text };
      }
    }
    recorder.note({ kind: 'phase', phase: 'fault' });
    const failed = await change?.(signal);
    if (failed !== undefined) return { stopped: { step: 'change', reason: failed }, text: failed };
    for (let settledAt: number | undefined; ; await this.#pause()) {
      const { pending } = await this.#rollout();
      const now = recorder.now();
      const wrong = pending ?? whatIsNotRight(running.states(), this.#pods.pods(), this.#parts, now);
      if ((wrong === undefined) !== (settledAt !== undefined)) {
        settledAt = wrong === undefined ? now : undefined;
        recorder.note({ kind: 'phase', phase: wrong === undefined ? 'quiet' : 'recovery' });
      }
      if (settledAt !== undefined && now - settledAt >= quietMs)
        return { text: 'the rollout ended, and all is right' };
      if (now > deadline)
        return { text: `not over within ${budgetMs / 1000} s: ${wrong ?? 'it was not so for long enough'}` };
      progress(wrong ?? `All is right; it must stay so for ${quietMs / 1000} s`);
    }
  }

  async #untilChanged(deadline: number): Promise<boolean> {
    while (this.#load.recorder.now() < deadline) {
      if ((await this.#rollout()).changed) return true;
      await this.#pause();
    }
    return false;
  }

  async #rollout() {
    const { connection } = this.#target;
    const { signal, instance, before } = this.#asked;
    const { observation } = await observeObjects(connection, connection.namespace, signal);
    const now = understandFor(observation, instance ?? this.#first.instance.name);
    this.#parts = partsOf(now);
    return rolloutState(before, this.#first, now);
  }

  #pause(): Promise<void> {
    const every = lookEveryMs[this.#target.source.kind === 'embedded' ? 'embedded' : 'cluster'];
    return sleep(every, undefined, { signal: this.#asked.signal });
  }

  /** Waits until every operation has been right for so long; resolves to what was not when the budget was spent. */
  async #untilRight(
    running: RunningLoad,
    { forMs, budgetMs }: { readonly forMs: number; readonly budgetMs: number },
  ): Promise<string | undefined> {
    const { recorder } = this.#load;
    const deadline = recorder.now() + budgetMs;
    for (let rightSince: number | undefined; ; await this.#pause()) {
      const now = recorder.now();
      const wrong = whatIsNotRight(running.states(), this.#pods.pods(), this.#parts, now);
      rightSince = wrong === undefined ? (rightSince ?? now) : undefined;
      if (rightSince !== undefined && now - rightSince >= forMs) return undefined;
      if (now > deadline)
        return `not right for ${forMs / 1000} s within ${budgetMs / 1000} s: ${wrong ?? ''}`;
      this.#asked.progress(wrong ?? `All is right; it must stay so for ${forMs / 1000} s`);
    }
  }
}
