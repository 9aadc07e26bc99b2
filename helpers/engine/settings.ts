import type { Observation } from '../topology/observation.ts';
import type { Waiver } from '../verdict/waive.ts';
import type { Scenario } from '../resilience/scenario.ts';
import type { PlanAsked } from '../upgrade/plan.ts';
import type { ReadLimits } from '../upgrade/snapshot.ts';
import type { LoadLevel } from '../workload/load/contract.ts';
import type { Expectations } from './context.ts';
import type { Selection } from './selection.ts';

/** Where the deployment is looked at. */
export type Destination =
  | { readonly kind: 'cluster'; readonly kubeconfig?: string; readonly context?: string }
  /** The embedded cluster with a layout of its own making. */
  | { readonly kind: 'embedded'; readonly layout: string }
  /** The embedded cluster with the user's file applied. */
  | { readonly kind: 'manifest'; readonly file: string }
  /** The folder of an earlier run. */
  | { readonly kind: 'saved'; readonly folder: string };

/** What a run judges: a deployment that is there, or one that is not yet. */
export type GateDestination =
  | Destination
  /** A manifest that was read already; no cluster is asked. */
  | { readonly kind: 'rendered'; readonly observation: Observation }
  /** A cluster before an install; `manifest` is what is to be installed. */
  | {
      readonly kind: 'preflight';
      readonly place: LiveDestination;
      readonly manifest: Observation | undefined;
    };

/** A cluster that answers, or one that is started for it. */
type LiveDestination = Exclude<Destination, { kind: 'saved' }>;

/** Which deployment of which place. */
export interface TargetSettings {
  readonly destination: Destination;
  readonly namespace: string | undefined;
  readonly instance: string | undefined;
}

/** What is broken, and how: one experiment a scenario and repetition. */
export interface ExperimentSettings {
  readonly scenarios: readonly Scenario[];
  /** How often each. */
  readonly repeat: number;
  readonly load: LoadLevel;
  /** In place of every budget of the scenarios, in ms. */
  readonly budgetMs: number | undefined;
  /** Whether the person said that pods of this namespace may be broken. */
  readonly consented: boolean;
  /** Whether the gate's own round trip and checks come first, in one verdict with them. */
  readonly afterGate: boolean;
}

/** Which side of an upgrade is looked at; `folder` is where its first side is kept. */
export type UpgradeSettings =
  | {
      readonly stage: 'before';
      readonly folder: string;
      readonly limits: ReadLimits;
      /** Whether a collection of the suite's own is left in place. */
      readonly canary: boolean;
      readonly plan: PlanAsked | undefined;
    }
  | { readonly stage: 'after'; readonly folder: string };

/** One run of the gate, as flags and options file ask for it. */
export interface GateSettings extends Omit<TargetSettings, 'destination'> {
  readonly destination: GateDestination;
  readonly out: string;
  readonly selection: Selection;
  readonly readOnly: boolean;
  /** After the round trip, all that Milvus promises is tried: the scenarios of the selected checks. */
  readonly thorough: boolean;
  /** Repeats an earlier run's data; by default they are drawn. */
  readonly seed: number | undefined;
  /** Pods are killed under load; without it, none is. */
  readonly experiments?: ExperimentSettings;
  /** The deployment is looked at as one side of an upgrade. */
  readonly upgrade?: UpgradeSettings;
  readonly expectations: Expectations;
  readonly waivers: readonly Waiver[];
}
