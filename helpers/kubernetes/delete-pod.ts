import type { Pod } from '../topology/objects.ts';
import type { Connection } from './connection.ts';
import { ApiError } from './errors.ts';
import { kinds, objectPath } from './kinds.ts';
import { project } from './shape.ts';
import { shapes } from './shapes.ts';

/** One pod, which keeps its UID for life. */
export interface PodIdentity {
  readonly name: string;
  readonly uid: string;
}

/** The pod of that name, whichever it is now; undefined when there is none. @throws ApiError, EnvironmentError */
export async function readPod(
  connection: Connection,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<Pod | undefined> {
  try {
    return project<Pod>(shapes.Pod, await connection.get(objectPath(kinds.Pod, namespace, name), signal));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Deletes this pod and no namesake of it.
 * @param graceSeconds 0 kills at once; undefined leaves it to the pod
 * @throws ApiError 404 when it is gone, 409 when another pod has its name; EnvironmentError
 */
export async function deletePod(
  connection: Connection,
  namespace: string,
  { name, uid }: PodIdentity,
  graceSeconds: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  await connection.delete(
    objectPath(kinds.Pod, namespace, name),
    {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      preconditions: { uid },
      ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }),
    },
    signal,
  );
}
