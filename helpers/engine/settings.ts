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

/** Which deployment of which place. */
export interface TargetSettings {
  readonly destination: Destination;
  readonly namespace: string | undefined;
  readonly instance: string | undefined;
}

/** One run of the gate, as flags and options file ask for it. */
export interface GateSettings extends TargetSettings {
  readonly out: string;
  readonly selection: Selection;
  readonly readOnly: boolean;
  readonly expectations: Expectations;
  readonly waivers: readonly Waiver[];
}
