import { observeObjects } from '../kubernetes/observe.ts';
import type { Discovery } from '../report/discovery.ts';
import type { Progress } from '../report/progress.ts';
import type { Observation } from '../topology/observation.ts';
import { requireDurability } from '../topology/require.ts';
import { observedText, understandFor } from './understand-for.ts';
import { evidenceFiles } from './run-folder.ts';
import { readObservation } from './saved-observation.ts';
import type { TargetSettings } from './settings.ts';
import { openTarget } from './target.ts';

/** Looks at a deployment and understands it. Writes nothing. Throws UsageError, EnvironmentError, InstanceError. */
export async function discoverTarget(
  settings: TargetSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<Discovery> {
  const observation = await observeOnce(settings, progress, signal);
  const topology = understandFor(observation, settings.instance);
  return { observation, topology, requirements: requireDurability(topology) };
}

async function observeOnce(
  settings: TargetSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<Observation> {
  const { destination } = settings;
  if (destination.kind === 'saved') return readObservation(evidenceFiles(destination.folder).observation);
  await using target = await openTarget(destination, settings, progress, signal);
  const { connection, source } = target;
  return progress.phase('Observe', async () => {
    const { observation } = await observeObjects(connection, connection.namespace, signal);
    return { value: { ...observation, source }, remark: observedText(observation) };
  });
}
