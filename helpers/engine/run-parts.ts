import type { Progress } from '../report/progress.ts';
import type { Experiment } from '../resilience/experiment.ts';
import type { Topology } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import type { UpgradeEvidence } from '../upgrade/upgrade-folder.ts';
import type { Judged } from './collect.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunSettings } from './run-settings.ts';
import type { GateSettings } from './settings.ts';

/** One run: what was asked for, where it writes, and how it is watched and stopped. */
export interface Run {
  readonly settings: GateSettings;
  readonly folder: RunFolder;
  readonly startedAt: Date;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What is known so far. It is filled in as a run goes on, so that this much is reported whatever stops it. */
export interface Known {
  observation?: Observation;
  topology?: Topology;
  seed?: number;
  /** A round trip was made, or is saved. */
  roundTrip?: true;
  experiments?: readonly Experiment[];
  upgrade?: UpgradeEvidence;
  judged?: Judged;
}

/** What the suites are told of a run whose evidence is there. */
export function runSettings({ settings, folder, startedAt }: Run, { topology }: Known): RunSettings {
  if (topology === undefined) throw new Error('nothing was understood before judging');
  const { expectations, selection, waivers } = settings;
  return {
    folder: folder.path,
    instance: topology.instance.name,
    startedAt: startedAt.toISOString(),
    expectations,
    selection,
    waivers,
  };
}
