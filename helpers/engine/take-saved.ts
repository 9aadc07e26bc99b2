import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { readHistory } from '../workload/read-history.ts';
import { copyExperiments, readExperiments } from '../resilience/experiment-folder.ts';
import { copyUpgrade, readUpgrade } from '../upgrade/upgrade-folder.ts';
import type { Known, Run } from './run-parts.ts';
import { understandFor } from './understand-for.ts';
import { UsageError } from './usage-error.ts';
import { evidenceFiles } from './run-folder.ts';
import { readObservation } from './saved-observation.ts';

/**
 * Copies the evidence of an earlier run into this run's folder, so that every folder is whole by itself. Throws
 * UsageError and InstanceError.
 */
export async function takeSaved(from: string, run: Run, known: Known): Promise<void> {
  const { settings, folder, progress } = run;
  await progress.phase('Read the saved observation', async () => {
    const saved = evidenceFiles(from);
    const observation = await readObservation(saved.observation);
    if (settings.namespace !== undefined && settings.namespace !== observation.namespace) {
      throw new UsageError(
        `--from: the saved observation is of the namespace ${observation.namespace}, not of ${settings.namespace}`,
      );
    }
    known.observation = observation;
    await copyFile(saved.observation, folder.observation);
    if (existsSync(saved.history)) {
      await copyFile(saved.history, folder.history);
      known.roundTrip = true;
      const seed = readHistory(await readFile(saved.history, 'utf8'))?.header.seed;
      if (seed !== undefined) known.seed = seed;
    }
    await copyExperiments(from, folder.path);
    const experiments = await readExperiments(folder.path);
    const [first] = experiments;
    if (first !== undefined) {
      known.experiments = experiments;
      known.seed = first.plan.load.seed;
    }
    await copyUpgrade(from, folder.path);
    const upgrade = await readUpgrade(folder.path);
    if (upgrade !== undefined) known.upgrade = upgrade;
    known.topology = understandFor(observation, settings.instance);
    return { value: undefined, remark: `taken at ${observation.takenAt}` };
  });
}
