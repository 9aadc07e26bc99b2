import { askCluster } from '../preflight/ask.ts';
import { noObjects } from '../topology/observation.ts';
import { observationOfObjects } from '../topology/manifest.ts';
import type { Known, Run } from './run-parts.ts';
import { writeObservation } from './saved-observation.ts';
import type { GateDestination } from './settings.ts';
import { openTarget } from './target.ts';
import { understandFor } from './understand-for.ts';

/** Asks a cluster what it offers before an install. Throws EnvironmentError, InstanceError, or the signal's reason. */
export async function takePreflight(
  { place, manifest }: Extract<GateDestination, { kind: 'preflight' }>,
  run: Run,
  known: Known,
): Promise<void> {
  const { settings, folder, progress, signal } = run;
  await using target = await openTarget(place, settings, progress, signal);
  const { connection, source } = target;
  const namespace = settings.namespace ?? connection.namespace;
  const preflight = await progress.phase('Ask the cluster', async () => {
    const value = await askCluster(connection, namespace, manifest, signal);
    return { value, remark: `${value.rights.length} rights, classes, quotas, nodes, claims` };
  });
  const nothing = observationOfObjects([], { file: '', files: [], namespace });
  const observation = {
    ...(manifest ?? { schemaVersion: 1, objects: noObjects, reads: nothing.reads }),
    takenAt: new Date().toISOString(),
    source,
    namespace,
    preflight,
  } as const;
  known.observation = observation;
  await writeObservation(folder.observation, observation);
  known.topology = understandFor(observation, settings.instance);
}
