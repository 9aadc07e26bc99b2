import type { Connection } from '../kubernetes/connection.ts';
import type { HeldLease } from './renewed-lease.ts';
import { writeUndoFile } from './undo-file.ts';
import { carryOut, undoAnnotation, type UndoStep } from './undo-steps.ts';

/** What must be undone, on disk and in the cluster from before it is done until it is undone. */
export interface UndoJournal {
  /** Writes the steps down, on disk and then on the Lease: what they undo may be done once it resolves. */
  plan(steps: readonly UndoStep[]): Promise<void>;
  /**
   * Carries out what is planned, on its own time: not aborted with the run. Does nothing a second time.
   * @returns what was done, a line each
   */
  undo(): Promise<readonly string[]>;
}

/**
 * A journal in `undo.json` of an experiment's folder and in the Lease's annotation. A run that is killed at any point
 * leaves one of them, or did nothing yet; steps that were carried out may be so again.
 */
export function openUndoJournal(
  connection: Connection,
  namespace: string,
  lease: HeldLease,
  folder: string,
): UndoJournal {
  let steps: readonly UndoStep[] = [];
  const write = (state: 'planned' | 'undone') =>
    writeUndoFile(folder, { schemaVersion: 1, namespace, state, steps: [...steps] });
  return {
    async plan(more) {
      steps = [...steps, ...more];
      await write('planned');
      await lease.annotate({ [undoAnnotation]: JSON.stringify(steps) });
    },
    async undo() {
      if (steps.length === 0) return [];
      const done = await carryOut(connection, namespace, steps);
      await write('undone');
      steps = [];
      await lease.annotate({ [undoAnnotation]: null });
      return done;
    },
  };
}
