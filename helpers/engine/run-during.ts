import writeFileAtomic from 'write-file-atomic';
import { observeObjects } from '../kubernetes/observe.ts';
import { watchPods } from '../kubernetes/watch-pods.ts';
import { partOf, partsOf } from '../resilience/parts.ts';
import type { Pod } from '../topology/objects.ts';
import type { DeploymentFacts } from '../upgrade/snapshot-deployment.ts';
import type { makeDuringFolder } from '../upgrade/upgrade-folder.ts';
import { HistoryFile } from '../workload/history-file.ts';
import type { LoadLevel, LoadPlan, LoadSettings } from '../workload/load/contract.ts';
import { dropLoad } from '../workload/load/drop-load.ts';
import { LedgerKeys } from '../workload/load/ledger-keys.ts';
import { planLoad } from '../workload/load/plan-load.ts';
import { FollowedUpgrade } from './follow-upgrade.ts';
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

/**
 * Reads and writes while an upgrade goes on, and writes down what came of it: until the rollout has ended and all was
 * right for a while, or the budget is spent. Its collections are removed again.
 *
 * @returns how it ended, in words
 * @throws UsageError, EnvironmentError, the signal's reason, after its collections are removed
 */
export async function runDuring(target: OpenTarget, asked: DuringAsked): Promise<string> {
  const { connection } = target;
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
  // Not aborted with the run: its calls are few, and each has a time-out.
  const remove = () => dropLoad({ ...load, signal: new AbortController().signal });
  for (const left of asked.earlier) await dropLoad({ ...load, plan: left });
  try {
    const { stopped, text } = await new FollowedUpgrade(target, asked, topology, load, pods).run();
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
