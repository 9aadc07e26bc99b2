import type { Observation } from '../topology/observation.ts';
import type { Requirements, Topology } from '../topology/model.ts';
import type { Finding } from '../verdict/finding.ts';
import type { Experiment } from '../resilience/experiment.ts';
import type { UpgradeEvidence } from '../upgrade/upgrade-folder.ts';
import type { History } from '../workload/history.ts';

/** Settings that change what a check requires; from the options file. */
export interface Expectations {
  /** `configuration`: as the effective configuration makes necessary. `always`: the strict reading. */
  readonly requireLogClaim: 'configuration' | 'always';
  /** A container restart older than this, in ms, is history. */
  readonly restartWindowMs: number;
}

/** All that a judge may look at. Read-only, and the same for a live run and a saved one. */
export interface Evidence {
  readonly observation: Observation;
  readonly topology: Topology;
  readonly requirements: Requirements;
  readonly expectations: Expectations;
  /** Absent when no workload was run (`--read-only`, a recording). */
  readonly history: History | undefined;
  /** Each fault that was tried, in order; none but after `chaos`. */
  readonly experiments: readonly Experiment[];
  /** Absent but in a run that looks at one side of an upgrade. */
  readonly upgrade?: UpgradeEvidence;
}

/** Pure: evidence to findings. Throwing is reported as inconclusive. */
export type Judge = (evidence: Evidence) => readonly Finding[];
