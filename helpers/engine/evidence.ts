import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readExperiments } from '../resilience/experiment-folder.ts';
import { requireDurability } from '../topology/require.ts';
import { readHistory } from '../workload/read-history.ts';
import { readUpgrade } from '../upgrade/upgrade-folder.ts';
import type { Evidence } from './context.ts';
import { evidenceFiles } from './run-folder.ts';
import type { RunSettings } from './run-settings.ts';
import { readObservation } from './saved-observation.ts';
import { understandFor } from './understand-for.ts';

let loaded: { readonly folder: string; readonly evidence: Promise<Evidence> } | undefined;

/** The evidence of a run, read from its folder once per worker. Throws what reading and understanding throw. */
export function loadEvidence(run: RunSettings): Promise<Evidence> {
  if (loaded?.folder !== run.folder) loaded = { folder: run.folder, evidence: readEvidence(run) };
  return loaded.evidence;
}

async function readEvidence({ folder, instance, expectations }: RunSettings): Promise<Evidence> {
  const files = evidenceFiles(folder);
  const observation = await readObservation(files.observation);
  const topology = understandFor(observation, instance);
  const upgrade = await readUpgrade(folder);
  return {
    observation,
    topology,
    requirements: requireDurability(topology),
    expectations,
    history: existsSync(files.history) ? readHistory(await readFile(files.history, 'utf8')) : undefined,
    experiments: await readExperiments(folder),
    ...(upgrade !== undefined && { upgrade }),
  };
}
