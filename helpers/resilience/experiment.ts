import type { History } from '../workload/history.ts';
import type { LoadPlan } from '../workload/load/contract.ts';
import type { Budgets, Scenario, Victim } from './scenario.ts';

/** What was decided before anything was done; `plan.json` of the experiment's folder. */
export interface ExperimentPlan {
  readonly schemaVersion: 1;
  readonly scenario: Scenario;
  /** From 1; with `--repeat` there are more. */
  readonly repetition: number;
  readonly namespace: string;
  readonly instance: string;
  /** Who is struck first; a fault that strikes again chooses again. */
  readonly victims: readonly Victim[];
  /** Whether a ready pod of each struck workload is left. */
  readonly replicasStay: boolean;
  /** Those that apply: of the scenario, by its replicas, or what was asked for. */
  readonly budgets: Budgets;
  readonly load: LoadPlan;
}

/** The facts of one experiment: what was planned, and what happened. Judged as often as one likes. */
export interface Experiment {
  readonly plan: ExperimentPlan;
  readonly history: History;
}

/** A load and what came of it: of an experiment, or of an upgrade. */
export interface LoadRun {
  readonly plan: Pick<ExperimentPlan, 'load'>;
  readonly history: History;
}

/** What an experiment is called in reports: `querynode-kill`, or `querynode-kill #2`. */
export function experimentName({
  scenario,
  repetition,
}: Pick<ExperimentPlan, 'scenario' | 'repetition'>): string {
  return repetition === 1 ? scenario.name : `${scenario.name} #${repetition}`;
}
