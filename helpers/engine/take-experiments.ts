import { requireConsent } from '../faults/consent.ts';
import { diagnose } from '../faults/diagnose.ts';
import { takeLease } from '../faults/lease.ts';
import type { HeldLease } from '../faults/renewed-lease.ts';
import { requireFaultRights } from '../faults/require-rights.ts';
import { openUndoJournal } from '../faults/undo-journal.ts';
import { experimentName } from '../resilience/experiment.ts';
import {
  type ExperimentFolder,
  makeExperimentFolder,
  readExperiments,
} from '../resilience/experiment-folder.ts';
import { paces } from '../resilience/pace.ts';
import { partsOf } from '../resilience/parts.ts';
import { planExperiment, type Planned } from '../resilience/plan-experiment.ts';
import { runExperiment } from '../resilience/run-experiment.ts';
import { troubleIn } from '../resilience/trouble.ts';
import type { Topology } from '../topology/model.ts';
import { HistoryFile } from '../workload/history-file.ts';
import { observeDeployment } from './observe-deployment.ts';
import { apiComponent, openProxy } from './proxy.ts';
import type { Known, Run } from './run-parts.ts';
import { drawSeed } from './seed.ts';
import type { ExperimentSettings } from './settings.ts';
import type { OpenTarget } from './target.ts';

/**
 * Makes one experiment after the other, each on a deployment that is looked at afresh. All that happens is in the
 * run's folder as it happens.
 * @throws UsageError without consent, what the lease throws, the signal's reason
 */
export async function takeExperiments(
  target: OpenTarget,
  experiments: ExperimentSettings,
  run: Run,
  known: Known,
): Promise<void> {
  const { connection, source } = target;
  const { namespace } = connection;
  const seed = run.settings.seed ?? drawSeed();
  known.seed = seed;
  known.experiments = [];
  // Nobody else's pods are in the embedded cluster.
  await requireConsent(
    connection,
    namespace,
    experiments.consented || source.kind === 'embedded',
    run.signal,
  );
  const faults = experiments.scenarios.map(({ fault }) => fault.kind);
  await requireFaultRights(connection, namespace, faults, run.signal);
  await using lease = await takeLease(connection, namespace, run.folder.id, run.signal);
  const signal = AbortSignal.any([run.signal, lease.signal]);
  let number = 0;
  for (const scenario of experiments.scenarios) {
    for (let repetition = 1; repetition <= experiments.repeat; repetition += 1) {
      number += 1;
      const { observation, topology } = await observeDeployment(
        connection,
        run.settings.instance,
        scenario,
        signal,
      );
      const planned = planExperiment(
        { scenario, repetition, seed, ...experiments, id: `${run.folder.id}-${number}` },
        topology,
        observation,
      );
      const folder = await makeExperimentFolder(run.folder.path, number, planned.plan);
      const startedAt = Date.now();
      await run.progress.phase(experimentName(planned.plan), async (say) => {
        const stopped = await experiment(target, topology, planned, folder, lease, signal, say);
        known.experiments = await readExperiments(run.folder.path);
        const made = known.experiments.at(-1);
        if (made !== undefined && troubleIn(made)) {
          say('Keeping what pods, events and logs say');
          const sinceSeconds = Math.ceil((Date.now() - startedAt) / 1000);
          await diagnose(connection, namespace, sinceSeconds, folder.diagnostics, signal);
        }
        return { value: undefined, remark: stopped ?? 'made to its end' };
      });
    }
  }
}

/** @returns why it was not made to its end */
async function experiment(
  { connection, source }: OpenTarget,
  topology: Topology,
  { plan, nothing }: Planned,
  folder: ExperimentFolder,
  lease: HeldLease,
  signal: AbortSignal,
  progress: (text: string) => void,
): Promise<string | undefined> {
  const { seed, collections } = plan.load;
  await using recorder = new HistoryFile(folder.history, {
    workload: 'experiment',
    seed,
    collection: collections.ledger,
  });
  const component = apiComponent(topology);
  if (nothing !== undefined || component === undefined) {
    const reason = nothing ?? 'no component with replicas serves the Milvus API';
    recorder.end({ step: 'plan', reason });
    return reason;
  }
  await using proxy = await openProxy(connection, topology, component, process.env);
  return await runExperiment(plan, {
    connection,
    target: proxy.target,
    parts: partsOf(topology),
    recorder,
    journal: openUndoJournal(connection, plan.namespace, lease, folder.path),
    pace: paces[source.kind === 'embedded' ? 'embedded' : 'cluster'],
    signal,
    progress,
  });
}
