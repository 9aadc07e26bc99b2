import type { Connection } from '../kubernetes/connection.ts';
import type { Recorder } from '../workload/recorder.ts';
import type { UndoJournal } from './undo-journal.ts';

/** Where a fault is inflicted, and where it is told. */
export interface FaultPlace {
  readonly connection: Connection;
  readonly namespace: string;
  readonly recorder: Recorder;
  readonly journal: UndoJournal;
  /** Ends the waiting; what was done already is undone nevertheless. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}
