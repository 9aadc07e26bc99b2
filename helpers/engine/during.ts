import { openTarget } from './target.ts';
import type { Progress } from '../report/progress.ts';
import { makeDuringFolder, saveFiles, unfinishedLoads } from '../upgrade/upgrade-folder.ts';
import { readSnapshot } from '../upgrade/snapshot-file.ts';
import type { LoadLevel } from '../workload/load/contract.ts';
import { runDuring } from './run-during.ts';
import { runId } from './run-folder.ts';
import { drawSeed } from './seed.ts';
import type { TargetSettings } from './settings.ts';
import { UsageError } from './usage-error.ts';

export interface DuringSettings {
  /** Folder of `upgrade before`. */
  readonly folder: string;
  readonly level: LoadLevel;
  /** ms until the rollout must have ended. */
  readonly budgetMs: number;
  /** Makes the change; without it, somebody else does. Resolves to why it failed, in words. */
  readonly change?: (say: (text: string) => void, signal: AbortSignal) => Promise<string | undefined>;
}

/**
 * Reads and writes while an upgrade goes on. What came of it lies in the folder, for `upgrade after`.
 * @returns how it ended, in words
 * @throws UsageError, EnvironmentError, SnapshotError, the signal's reason
 */
export async function lookDuring(
  settings: TargetSettings,
  { folder, level, budgetMs, change }: DuringSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const { destination } = settings;
  if (destination.kind === 'saved') throw new UsageError('upgrade: expected a cluster, not a saved run');
  const saved = saveFiles(folder);
  const before = await readSnapshot(saved.snapshot);
  await using target = await openTarget(destination, settings, progress, signal);
  return await progress.phase('Read and write during the upgrade', async (say) => {
    const earlier = await unfinishedLoads(saved);
    const text = await runDuring(target, {
      earlier,
      files: await makeDuringFolder(saved),
      before: before.deployment.components,
      instance: settings.instance,
      runId: runId(new Date()),
      seed: drawSeed(),
      level,
      budgetMs,
      change: change === undefined ? undefined : (stop) => change(say, stop),
      progress: say,
      signal,
    });
    return { value: text, remark: text };
  });
}
