import type { Connection } from '../kubernetes/connection.ts';
import { takeLease } from './lease.ts';
import { leaseName, readOrNone, type HeldLease, type LeaseTerms } from './renewed-lease.ts';
import { findLeftUndo, writeUndoFile, type LeftUndo } from './undo-file.ts';
import { carryOut, undoAnnotation, undoStepsSchema, type UndoStep } from './undo-steps.ts';

export interface CleanPlace {
  readonly connection: Connection;
  readonly namespace: string;
  /** Who cleans, for the Lease. */
  readonly holder: string;
  /** Folder of the reports, in which runs leave what is to be undone; need not exist. */
  readonly out: string;
  /**
   * Removes the collections that runs left; returns what was done, a line each. `dead` is the holder of the Lease that
   * was taken over.
   */
  readonly removeCollections?: (dead: string | undefined, signal: AbortSignal) => Promise<readonly string[]>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A run that was killed a moment ago holds its Lease for a while yet. */
const cleanTerms: LeaseTerms = { durationMs: 30_000, renewEveryMs: 5000, held: 'watch', leftUndo: 'take' };

/**
 * Finds what earlier, killed runs left in a namespace, and carries it out: what the Lease says is to be undone, what
 * the folders of the reports say, the collections, and then the Lease itself. Each is said in a line; it may be
 * repeated at will.
 * @returns whether anything was left
 * @throws EnvironmentError `busy` when a run is at work there; ApiError; Error for a file that cannot be read
 */
export async function clean(
  { connection, namespace, holder, out, removeCollections, say, signal }: CleanPlace,
  terms: LeaseTerms = cleanTerms,
): Promise<boolean> {
  const left = await findLeftUndo(out, namespace);
  const abandoned = (await readOrNone(connection, namespace, signal))?.holder;
  if (abandoned !== undefined) {
    say(
      `Lease ${leaseName}: held by ${abandoned}; looking whether that run lives, which takes half a minute`,
    );
  }
  await using lease = await takeLease(connection, namespace, holder, signal, terms);
  if (abandoned !== undefined) say(`Lease ${leaseName}: taken over from ${abandoned}, whose run is dead`);
  const undone = await undoLease(connection, namespace, lease);
  for (const line of undone) say(`Undone, by the Lease: ${line}`);
  for (const undo of left) {
    const lines = await undoFolder(connection, namespace, undo);
    for (const line of lines) say(`Undone, by ${undo.folder}: ${line}`);
  }
  const removed = (await removeCollections?.(abandoned, signal)) ?? [];
  for (const line of removed) say(line);
  return abandoned !== undefined || left.length + removed.length > 0;
}

async function undoLease(
  connection: Connection,
  namespace: string,
  lease: HeldLease,
): Promise<readonly string[]> {
  const text = lease.annotations()[undoAnnotation];
  if (text === undefined) return [];
  const done = await carryOut(connection, namespace, parseSteps(text));
  await lease.annotate({ [undoAnnotation]: null });
  return done;
}

function parseSteps(text: string): readonly UndoStep[] {
  try {
    return undoStepsSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `The annotation ${undoAnnotation} of the Lease ${leaseName} does not say what is to be undone, as a run writes ` +
        `it: ${text.slice(0, 200)}. Undo it by hand, then delete the Lease.`,
      { cause: error },
    );
  }
}

async function undoFolder(
  connection: Connection,
  namespace: string,
  { folder, steps }: LeftUndo,
): Promise<readonly string[]> {
  const done = await carryOut(connection, namespace, steps);
  await writeUndoFile(folder, { schemaVersion: 1, namespace, state: 'undone', steps: [...steps] });
  return done;
}
