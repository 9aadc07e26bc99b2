import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** Steps of `upgrade run`, in their order; of the way back the same again. */
const steps = ['before', 'change', 'after', 'done'] as const;

const state = z.strictObject({
  schemaVersion: z.literal(1),
  /** What was asked for, so that a run that goes on is the same run. */
  asked: z.string(),
  leg: z.enum(['forth', 'back']),
  step: z.enum(steps),
});
export type RunState = z.infer<typeof state>;

/** Where a run stands: written before each step begins, so that a run that was killed begins that step again. */
export async function writeRunState(file: string, at: RunState): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(at, null, 2)}\n`);
}

/** Undefined where none has begun. @throws Error that names the file where it is not what this version writes */
export async function readRunState(file: string): Promise<RunState | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = state.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is not what this version writes: ${z.prettifyError(parsed.error)}`);
}
