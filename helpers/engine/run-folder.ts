import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './usage-error.ts';

/** One run's own folder, and the files in it that are evidence. */
export interface RunFolder {
  /** `YYYYMMDD-HHMMSS-xxxx`, in UTC. */
  readonly id: string;
  readonly path: string;
  readonly observation: string;
  readonly history: string;
}

/**
 * Makes `out/ID` before anything is looked at, so that whatever happens has a place to be reported.
 * @throws UsageError when the folder cannot be made
 */
export async function makeRunFolder(out: string, startedAt: Date): Promise<RunFolder> {
  const id = runId(startedAt);
  const folder = path.join(out, id);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `--out: cannot make the folder '${folder}' (${error instanceof Error ? error.message : String(error)}); expected a folder that can be written to`,
      { cause: error },
    );
  }
  return { id, path: folder, ...evidenceFiles(folder) };
}

/** `YYYYMMDD-HHMMSS-xxxx`, in UTC: names a run, its folder and its collections. */
export function runId(startedAt: Date): string {
  const [date, time] = startedAt.toISOString().replaceAll(/[-:]/g, '').split(/[T.]/);
  return `${date}-${time}-${randomBytes(2).toString('hex')}`;
}

/** Where the evidence of a run lies in its folder. */
export function evidenceFiles(folder: string): Pick<RunFolder, 'observation' | 'history'> {
  return {
    observation: path.join(folder, 'observation.json'),
    history: path.join(folder, 'history.jsonl'),
  };
}
