import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoadRun } from '../resilience/experiment.ts';
import type { LoadPlan } from '../workload/load/contract.ts';
import { readHistory } from '../workload/read-history.ts';
import { loadPlanSchema } from '../workload/load/load-plan-schema.ts';
import type { Snapshot } from './snapshot.ts';
import { readSnapshot } from './snapshot-file.ts';

/** What a run knows of an upgrade: only how it was before, or both sides of it. */
export interface UpgradeEvidence {
  readonly before: Snapshot;
  /** Absent in the run that looks before the upgrade. */
  readonly after: Snapshot | undefined;
  /** What clients did and felt in between, where `upgrade during` ran. */
  readonly during: LoadRun | undefined;
}

/** Where a run keeps what it knows of an upgrade. */
interface UpgradeFiles {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly during: string;
  /** Calls of the suite's own collections. */
  readonly canary: string;
  readonly proxies: string;
}

function upgradeFiles(runFolder: string): UpgradeFiles {
  const folder = path.join(runFolder, 'upgrade');
  const file = (name: string) => path.join(folder, name);
  return {
    path: folder,
    before: file('before.json'),
    after: file('after.json'),
    during: file('during'),
    canary: file('canary.jsonl'),
    proxies: file('proxies.jsonl'),
  };
}

/** Makes the folder within a run's. */
export async function makeUpgradeFolder(runFolder: string): Promise<UpgradeFiles> {
  const files = upgradeFiles(runFolder);
  await mkdir(files.path, { recursive: true });
  return files;
}

/** @throws SnapshotError, and what `readHistory` throws */
export async function readUpgrade(runFolder: string): Promise<UpgradeEvidence | undefined> {
  const files = upgradeFiles(runFolder);
  if (!existsSync(files.before)) return undefined;
  return {
    before: await readSnapshot(files.before),
    after: existsSync(files.after) ? await readSnapshot(files.after) : undefined,
    during: await readDuring(files.during),
  };
}

/** @throws Error that names the file, where one is not what this version writes */
async function readDuring(folder: string): Promise<LoadRun | undefined> {
  const files = duringFiles(folder);
  if (!existsSync(files.history)) return undefined;
  const [plan, history] = await Promise.all([readFile(files.plan, 'utf8'), readFile(files.history, 'utf8')]);
  return { plan: { load: loadPlanSchema.parse(JSON.parse(plan)) }, history: readHistory(history) };
}

/** The load of an upgrade: what it was to do, and what came of it. */
interface DuringFiles {
  readonly path: string;
  readonly plan: string;
  readonly history: string;
}

function duringFiles(folder: string): DuringFiles {
  return {
    path: folder,
    plan: path.join(folder, 'plan.json'),
    history: path.join(folder, 'history.jsonl'),
  };
}

/** A new folder for a load, in the saved one: a run that was killed leaves its own behind. */
export async function makeDuringFolder(saved: SaveFiles): Promise<DuringFiles> {
  const names = existsSync(saved.during) ? await readdir(saved.during) : [];
  const files = duringFiles(path.join(saved.during, String(names.length + 1).padStart(2, '0')));
  await mkdir(files.path, { recursive: true });
  return files;
}

/** Plans of loads that were cut short: their collections may still be there. */
export async function unfinishedLoads({ during }: SaveFiles): Promise<readonly LoadPlan[]> {
  const names = existsSync(during) ? (await readdir(during)).toSorted() : [];
  const found: LoadPlan[] = [];
  for (const name of names) {
    const folder = path.join(during, name);
    const files = duringFiles(folder);
    if (!existsSync(files.plan)) continue;
    const run = await readDuring(folder);
    if (run?.history.complete !== true) {
      found.push(loadPlanSchema.parse(JSON.parse(await readFile(files.plan, 'utf8'))));
    }
  }
  return found;
}

/** The folder of the last load; undefined where there was none. */
export async function lastDuring({ during }: SaveFiles): Promise<string | undefined> {
  const names = existsSync(during) ? (await readdir(during)).toSorted() : [];
  const last = names.at(-1);
  return last === undefined ? undefined : path.join(during, last);
}

/** Copies what an earlier run knew into another's folder. */
export async function copyUpgrade(from: string, to: string): Promise<void> {
  const files = upgradeFiles(from);
  if (existsSync(files.before)) await cp(files.path, upgradeFiles(to).path, { recursive: true });
}

/** Where `upgrade before` leaves things for the commands that come after it. */
export interface SaveFiles {
  readonly path: string;
  readonly snapshot: string;
  readonly unfinished: string;
  readonly canary: string;
  readonly during: string;
}

export function saveFiles(folder: string): SaveFiles {
  const file = (name: string) => path.join(folder, name);
  return {
    path: folder,
    snapshot: file('snapshot.json'),
    unfinished: file('snapshot.unfinished.jsonl'),
    canary: file('canary.json'),
    during: file('during'),
  };
}
