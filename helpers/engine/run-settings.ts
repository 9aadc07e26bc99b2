import type { CodedFinding } from '../verdict/finding.ts';
import type { Waiver } from '../verdict/waive.ts';
import type { Expectations } from './context.ts';
import type { Selection } from './selection.ts';

/** What a suite file is told of the run that it is part of; plain data, it crosses into vitest's worker. */
export interface RunSettings {
  /** The run's folder: `observation.json`, and `history.jsonl` when a workload was run. */
  readonly folder: string;
  readonly instance: string;
  /** RFC 3339; what waivers expire against. */
  readonly startedAt: string;
  readonly expectations: Expectations;
  readonly selection: Selection;
  readonly waivers: readonly Waiver[];
}

declare module 'vitest' {
  interface ProvidedContext {
    run?: RunSettings;
  }
  interface TaskMeta {
    /** What the judge of this check found, before waivers. */
    findings?: readonly CodedFinding[];
  }
}
