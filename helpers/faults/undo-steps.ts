import { z } from 'zod';
import type { Connection } from '../kubernetes/connection.ts';
import { ApiError } from '../kubernetes/errors.ts';
import { readWorkload, scaleWorkload } from '../kubernetes/scale-workload.ts';

/** Of the Lease: the steps that are left to be undone, as JSON. */
export const undoAnnotation = 'milvus-conformance/undo';

const undoStepSchema = z.object({
  kind: z.literal('scale'),
  workload: z.object({ kind: z.enum(['Deployment', 'StatefulSet']), name: z.string(), uid: z.string() }),
  /** As many as it had. */
  replicas: z.number().int().nonnegative(),
});

/**
 * Something that undoes what a fault did, as data. Scaling to zero is all there is to undo: pods that were deleted,
 * evicted or killed are replaced by their controllers, and a rollout goes on without its beholder.
 */
export type UndoStep = Readonly<z.infer<typeof undoStepSchema>>;

export const undoStepsSchema = z.array(undoStepSchema);

/** Budget of one step, in ms. */
const stepBudgetMs = 30_000;

/**
 * Carries the steps out, the last one first. Each may be carried out again: a workload that has replicas, was made
 * anew or is gone is left as it is.
 * @returns what was done, a line each
 * @throws ApiError, EnvironmentError
 */
export async function carryOut(
  connection: Connection,
  namespace: string,
  steps: readonly UndoStep[],
): Promise<readonly string[]> {
  const done: string[] = [];
  for (const step of steps.toReversed()) {
    done.push(await scaleBack(connection, namespace, step, AbortSignal.timeout(stepBudgetMs)));
  }
  return done;
}

async function scaleBack(
  connection: Connection,
  namespace: string,
  { workload, replicas }: UndoStep,
  signal: AbortSignal,
): Promise<string> {
  const name = `${workload.kind} ${workload.name}`;
  try {
    const { metadata, spec } = await readWorkload(connection, namespace, workload, signal);
    if (metadata.uid !== workload.uid) return `${name} was made anew since; left as it is`;
    const now = spec.replicas ?? 1;
    if (now !== 0) return `${name} has ${now} replicas already; left as it is`;
    await scaleWorkload(connection, namespace, workload, replicas, signal);
    return `${name} scaled back from 0 to ${replicas}`;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return `${name} is gone; nothing to scale back`;
    throw error;
  }
}
