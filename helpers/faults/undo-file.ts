import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { undoStepsSchema, type UndoStep } from './undo-steps.ts';

const fileName = 'undo.json';

const undoFileSchema = z.object({
  schemaVersion: z.literal(1),
  namespace: z.string(),
  state: z.enum(['planned', 'undone']),
  steps: undoStepsSchema,
});

/** What a run has to undo, in the folder of its experiment. */
export type UndoFile = Readonly<z.infer<typeof undoFileSchema>>;

/** Written whole or not at all, and on the disk when it resolves. @throws the file system's error */
export async function writeUndoFile(folder: string, undo: UndoFile): Promise<void> {
  await writeFileAtomic(path.join(folder, fileName), `${JSON.stringify(undo, null, 2)}\n`, { fsync: true });
}

/** Undo that is left in a folder of reports, whatever run or experiment it is of. */
export interface LeftUndo {
  /** Of the experiment. */
  readonly folder: string;
  readonly steps: readonly UndoStep[];
}

/**
 * Looks through a folder of reports for what its runs planned to undo in a namespace and did not.
 * @throws Error that names a file that cannot be read
 */
export async function findLeftUndo(out: string, namespace: string): Promise<readonly LeftUndo[]> {
  const left: LeftUndo[] = [];
  for (const file of await undoFilesIn(out)) {
    const undo = await readUndoFile(file);
    if (undo.namespace === namespace && undo.state === 'planned') {
      left.push({ folder: path.dirname(file), steps: undo.steps });
    }
  }
  return left;
}

async function undoFilesIn(out: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(out, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name === fileName)
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function readUndoFile(file: string): Promise<UndoFile> {
  try {
    return undoFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `${file} does not say what is to be undone, as a run writes it; look at it, then remove it.`,
      {
        cause: error,
      },
    );
  }
}
