import { planExperiment, type Planned } from '../resilience/plan-experiment.ts';
import type { Progress } from '../report/progress.ts';
import { observeDeployment } from './observe-deployment.ts';
import { drawSeed } from './seed.ts';
import type { ExperimentSettings, GateSettings } from './settings.ts';
import { openTarget } from './target.ts';
import { UsageError } from './usage-error.ts';

/**
 * What `chaos` would do, decided as it would decide it, and nothing done.
 * @throws UsageError, EnvironmentError, InstanceError
 */
export async function planExperiments(
  settings: GateSettings,
  experiments: ExperimentSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<readonly Planned[]> {
  const { destination } = settings;
  if (destination.kind === 'saved' || destination.kind === 'rendered' || destination.kind === 'preflight') {
    throw new UsageError('--dry-run looks at a cluster; it goes with --from no more than the experiments do');
  }
  await using target = await openTarget(destination, settings, progress, signal);
  const { load, budgetMs } = experiments;
  const seed = settings.seed ?? drawSeed();
  return await progress.phase('Observe', async () => {
    const planned: Planned[] = [];
    for (const scenario of experiments.scenarios) {
      const { observation, topology } = await observeDeployment(
        target.connection,
        settings.instance,
        scenario,
        signal,
      );
      const asked = { scenario, repetition: 1, seed, load, budgetMs, id: 'dry-run' };
      planned.push(planExperiment(asked, topology, observation));
    }
    return { value: planned, remark: `${planned.length} experiments are planned` };
  });
}
