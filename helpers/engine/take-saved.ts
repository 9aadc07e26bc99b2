import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { readHistory } from '../workload/read-history.ts';
import type { Known, Run } from './run-parts.ts';
import { understandFor } from './understand-for.ts';
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
    known.observation = observation;
    await copyFile(saved.observation, folder.observation);
    if (existsSync(saved.history)) {
      await copyFile(saved.history, folder.history);
      const seed = readHistory(await readFile(saved.history, 'utf8'))?.header.seed;
      if (seed !== undefined) known.seed = seed;
    }
    known.topology = understandFor(observation, settings.instance);
    return { value: undefined, remark: `taken at ${observation.takenAt}` };
  });
}
