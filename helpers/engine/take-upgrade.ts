import { cp, mkdir } from 'node:fs/promises';
import type { Topology } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import { planFor } from '../upgrade/plan.ts';
import type { Snapshot } from '../upgrade/snapshot.ts';
import { readSnapshot, SnapshotError, writeSnapshot } from '../upgrade/snapshot-file.ts';
import { Unfinished } from '../upgrade/unfinished.ts';
import { lastDuring, makeUpgradeFolder, saveFiles } from '../upgrade/upgrade-folder.ts';
import { apiComponent } from './proxy.ts';
import type { Known, Run } from './run-parts.ts';
import type { UpgradeSettings } from './settings.ts';
import type { OpenTarget } from './target.ts';
import { findCanary, plantCanary } from './upgrade-canary.ts';
import { UpgradeLook } from './upgrade-look.ts';
import { UsageError } from './usage-error.ts';

type Before = Extract<UpgradeSettings, { stage: 'before' }>;
type After = Extract<UpgradeSettings, { stage: 'after' }>;

/** Looks before an upgrade or after it. Throws UsageError, EnvironmentError, or the signal's reason. */
export async function takeUpgrade(
  target: OpenTarget,
  topology: Topology,
  upgrade: UpgradeSettings,
  run: Run,
  known: Known,
): Promise<void> {
  const component = apiComponent(topology);
  if (component === undefined)
    throw new UsageError('upgrade: no component with replicas serves the Milvus API');
  const { observation } = known;
  if (observation === undefined) throw new Error('nothing was observed before the snapshot');
  const look = new UpgradeLook(target, topology, observation, component, run);
  const stage: Stage = { run, known, topology, observation, look };
  if (upgrade.stage === 'before') await lookBefore(upgrade, stage);
  else await lookAfter(upgrade, stage);
}

interface Stage {
  readonly run: Run;
  readonly known: Known;
  readonly topology: Topology;
  readonly observation: Observation;
  readonly look: UpgradeLook;
}

async function lookBefore(asked: Before, { run, known, topology, observation, look }: Stage): Promise<void> {
  const files = await makeUpgradeFolder(run.folder.path);
  const saved = saveFiles(asked.folder);
  await mkdir(saved.path, { recursive: true });
  const unfinished = await Unfinished.open(saved.unfinished, {
    instance: topology.instance.name,
    limits: asked.limits,
  });
  const takenAt = new Date().toISOString();
  const contents = await look.contents(asked, unfinished, undefined);
  const proxies = await look.proxies(files.proxies, false);
  const canary = asked.canary
    ? await plantCanary(run, look.through, { saved: saved.canary, history: files.canary })
    : undefined;
  const snapshot: Snapshot = {
    ...(await look.frame(takenAt, asked.limits)),
    ...contents,
    proxies,
    ...(canary !== undefined && { canary }),
    ...(asked.plan !== undefined && { plan: planFor(asked.plan, observation, topology) }),
  };
  await writeSnapshot(saved.snapshot, snapshot);
  await unfinished.remove();
  await writeSnapshot(files.before, snapshot);
  known.upgrade = { before: snapshot, after: undefined, during: undefined };
}

async function lookAfter({ folder }: After, { run, known, look }: Stage): Promise<void> {
  const files = await makeUpgradeFolder(run.folder.path);
  const saved = saveFiles(folder);
  const before = await readBefore(saved.snapshot);
  await writeSnapshot(files.before, before);
  known.upgrade = { before, after: undefined, during: undefined };
  const takenAt = new Date().toISOString();
  const contents = await look.contents(before, undefined, before);
  const proxies = await look.proxies(files.proxies, !run.settings.readOnly);
  const canary =
    before.canary === undefined
      ? undefined
      : await findCanary(run, look.through, before.canary, {
          saved: saved.canary,
          history: files.canary,
        });
  const during = await lastDuring(saved);
  if (during !== undefined) await cp(during, files.during, { recursive: true });
  const snapshot: Snapshot = {
    ...(await look.frame(takenAt, before.limits)),
    ...contents,
    proxies,
    ...(canary !== undefined && { canary }),
  };
  await writeSnapshot(files.after, snapshot);
  known.upgrade = { before, after: snapshot, during: undefined };
}

async function readBefore(file: string): Promise<Snapshot> {
  try {
    return await readSnapshot(file);
  } catch (error) {
    if (error instanceof SnapshotError) throw new UsageError(`--from: ${error.message}`, { cause: error });
    throw error;
  }
}
