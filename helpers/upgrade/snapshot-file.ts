import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { snapshotSchema, type Snapshot } from './snapshot.ts';

/** A snapshot that cannot be read; the message names the file, the place in it, and what to do. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Writes a snapshot, whole or not at all. */
export async function writeSnapshot(file: string, snapshot: Snapshot): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(snapshot, null, 2)}\n`);
}

/** @throws SnapshotError */
export async function readSnapshot(file: string): Promise<Snapshot> {
  const parsed = snapshotSchema.safeParse(parse(file, await readText(file)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SnapshotError(
    `${file}: '${issue?.path.join('.') ?? ''}' is not what this version saves: ${issue?.message ?? ''}; take the snapshot again with "upgrade before"`,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new SnapshotError(
      `cannot read ${file} (${reason}); expected the snapshot that "upgrade before --save" writes`,
      { cause: error },
    );
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SnapshotError(`${file} is not JSON; take the snapshot again with "upgrade before"`, {
      cause: error,
    });
  }
}
