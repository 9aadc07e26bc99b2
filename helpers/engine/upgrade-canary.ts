import { rm } from 'node:fs/promises';
import type { MilvusTarget } from '../milvus/target.ts';
import { canaryCollection, readCanary, removeCanary, writeCanary } from '../upgrade/canary.ts';
import { readCanaryFile, writeCanaryFile } from '../upgrade/canary-file.ts';
import type { CanaryFacts, CanaryPlan } from '../upgrade/snapshot.ts';
import { canarySizes } from '../workload/canary.ts';
import { HistoryFile } from '../workload/history-file.ts';
import type { Run } from './run-parts.ts';
import { drawSeed } from './seed.ts';

/** Gives a body a way to the Milvus API, and closes it. */
export type ThroughProxy = <T>(body: (target: MilvusTarget) => Promise<T>) => Promise<T>;

interface CanaryFiles {
  /** Names the canary, in the saved folder. */
  readonly saved: string;
  /** Calls on it, in the run's folder. */
  readonly history: string;
}

/** Makes the canary, unless an earlier run has. */
export function plantCanary(run: Run, through: ThroughProxy, files: CanaryFiles): Promise<CanaryFacts> {
  const { progress, signal, folder, settings } = run;
  return progress.phase('Leave a canary', async (say) => {
    const earlier = await readCanaryFile(files.saved);
    if (earlier?.state === 'written') {
      return {
        value: { plan: earlier.plan, state: 'written' },
        remark: `${earlier.plan.collection}, left before`,
      };
    }
    const { dimension, rows } = canarySizes;
    const plan: CanaryPlan = earlier?.plan ?? {
      collection: canaryCollection(folder.id),
      seed: settings.seed ?? drawSeed(),
      dimension,
      rows,
    };
    await using recorder = recorderOf(files.history, plan);
    await writeCanaryFile(files.saved, { plan, state: 'planned' });
    const value = await through((target) => writeCanary({ target, recorder, signal, progress: say }));
    recorder.end();
    if (value.state === 'written') await writeCanaryFile(files.saved, { plan, state: 'written' });
    return { value, remark: value.error ?? `${plan.collection}, ${rows} rows` };
  });
}

/** Reads the canary, and removes it unless nothing may be written. */
export function findCanary(
  run: Run,
  through: ThroughProxy,
  { plan }: CanaryFacts,
  files: CanaryFiles,
): Promise<CanaryFacts> {
  const { progress, signal, settings } = run;
  return progress.phase('Look at the canary', async (say) => {
    await using recorder = recorderOf(files.history, plan);
    const value = await through(async (target): Promise<CanaryFacts> => {
      const options = { target, recorder, signal, progress: say };
      const facts = await readCanary(options, plan);
      if (settings.readOnly || facts.state === 'gone') return facts;
      return { ...facts, removed: await removeCanary(options, plan) };
    });
    recorder.end();
    if (value.removed === true) await rm(files.saved, { force: true });
    const removed = value.removed === true ? ', removed' : '';
    return { value, remark: value.error ?? `${value.rows?.length ?? 0} rows${removed}` };
  });
}

function recorderOf(file: string, { seed, collection }: CanaryPlan): HistoryFile {
  return new HistoryFile(file, { workload: 'canary', seed, collection });
}
