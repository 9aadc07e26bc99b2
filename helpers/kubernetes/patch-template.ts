import type { Connection } from './connection.ts';
import { kinds, objectPath } from './kinds.ts';
import type { WorkloadName } from './scale-workload.ts';

/**
 * Has every pod of a workload replaced by its update strategy, as `kubectl rollout restart`: an annotation of the pod
 * template changes, and stays.
 * @throws ApiError, EnvironmentError
 */
export async function restartWorkload(
  connection: Connection,
  namespace: string,
  { kind, name }: WorkloadName,
  signal: AbortSignal,
): Promise<void> {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  const change = { spec: { template: { metadata: { annotations } } } };
  await connection.patch(objectPath(kinds[kind], namespace, name), change, signal);
}
