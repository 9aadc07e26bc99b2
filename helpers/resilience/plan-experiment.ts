import { chooseVictims } from '../faults/choose-victims.ts';
import type { Topology } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import { mulberry32 } from '../workload/seeded.ts';
import type { LoadLevel } from '../workload/load/contract.ts';
import { planLoad } from '../workload/load/plan-load.ts';
import type { ExperimentPlan } from './experiment.ts';
import type { Budgets, Scenario } from './scenario.ts';

export interface PlanSettings {
  readonly scenario: Scenario;
  readonly repetition: number;
  readonly seed: number;
  readonly load: LoadLevel;
  /** In place of each budget of the scenario, in ms. */
  readonly budgetMs: number | undefined;
  /** Of the run and the experiment; becomes part of the names of the collections. */
  readonly id: string;
}

export interface Planned {
  readonly plan: ExperimentPlan;
  /** Why the scenario strikes nothing here; its plan then has no victim. */
  readonly nothing: string | undefined;
}

/** Decides who is struck and what must hold. Pure: the same for the same seed and observation. */
export function planExperiment(
  settings: PlanSettings,
  topology: Topology,
  observation: Observation,
): Planned {
  const { scenario, repetition, seed, load, budgetMs, id } = settings;
  const next = mulberry32(seed + repetition);
  const chosen = chooseVictims(scenario, topology, observation, () => next() / 2 ** 32);
  const replicasStay = chosen.state === 'chosen' && chosen.replicasStay;
  const own = (replicasStay ? scenario.budgetsWithReplicas : undefined) ?? scenario.budgets;
  return {
    plan: {
      schemaVersion: 1,
      scenario,
      repetition,
      namespace: topology.instance.namespace,
      instance: topology.instance.name,
      victims: chosen.state === 'chosen' ? chosen.victims : [],
      replicasStay,
      budgets: budgetMs === undefined ? own : all(own, budgetMs),
      load: planLoad({ seed, level: load, runId: id }),
    },
    nothing: chosen.state === 'chosen' ? undefined : chosen.reason,
  };
}

function all(budgets: Budgets, budgetMs: number): Budgets {
  return Object.fromEntries(Object.keys(budgets).map((name) => [name, budgetMs]));
}
