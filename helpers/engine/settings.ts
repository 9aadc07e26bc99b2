import type { Observation } from '../topology/observation.ts';
import type { Waiver } from '../verdict/waive.ts';
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

/** One run of the gate, as flags and options file ask for it. */
export interface GateSettings extends Omit<TargetSettings, 'destination'> {
  readonly destination: GateDestination;
  readonly out: string;
  readonly selection: Selection;
  readonly readOnly: boolean;
  /** After the round trip, all that Milvus promises is tried: the scenarios of the selected checks. */
  readonly thorough: boolean;
  readonly expectations: Expectations;
  readonly waivers: readonly Waiver[];
}
