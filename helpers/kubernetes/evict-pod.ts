import type { Connection } from './connection.ts';
import type { PodIdentity } from './delete-pod.ts';
import { kinds, objectPath } from './kinds.ts';

/**
 * Asks for a pod's eviction: its deletion, unless a disruption budget forbids it now.
 * @throws ApiError 429 when a budget forbids it, 404 when the pod is gone, 409 when another has its name;
 * EnvironmentError
 */
export async function evictPod(
  connection: Connection,
  namespace: string,
  { name, uid }: PodIdentity,
  signal: AbortSignal,
): Promise<void> {
  await connection.post(
    objectPath(kinds.Pod, namespace, name, 'eviction'),
    {
      kind: 'Eviction',
      apiVersion: 'policy/v1',
      metadata: { name, namespace },
      deleteOptions: { preconditions: { uid } },
    },
    signal,
  );
}
