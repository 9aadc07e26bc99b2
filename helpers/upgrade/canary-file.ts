import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { canaryPlan, type CanaryPlan } from './snapshot.ts';

const saved = z.strictObject({ plan: canaryPlan, state: z.enum(['planned', 'written']) });
type SavedCanary = z.infer<typeof saved>;

/** The canary of an upgrade, named before it is made: so a run that was killed finds what it left. */
export async function writeCanaryFile(file: string, canary: SavedCanary): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(canary, null, 2)}\n`);
}

/** Undefined where none was planned. @throws Error that names the file where it is not what this version writes */
export async function readCanaryFile(
  file: string,
): Promise<{ readonly plan: CanaryPlan; readonly state: 'planned' | 'written' } | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = saved.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is not what this version writes: ${z.prettifyError(parsed.error)}`);
}
