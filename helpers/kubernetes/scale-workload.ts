import type { Deployment, Pod, StatefulSet } from '../topology/objects.ts';
import type { Connection } from './connection.ts';
import { kinds, objectPath, listPath } from './kinds.ts';
import { labelSelectorText } from './label-selector.ts';
import { list } from './list.ts';
import { project } from './shape.ts';
import { shapes } from './shapes.ts';

export interface WorkloadName {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly name: string;
}

/** @throws ApiError (404 when it is not there), EnvironmentError */
export async function readWorkload(
  connection: Connection,
  namespace: string,
  { kind, name }: WorkloadName,
  signal: AbortSignal,
): Promise<Deployment | StatefulSet> {
  const raw = await connection.get(objectPath(kinds[kind], namespace, name), signal);
  return kind === 'Deployment'
    ? project<Deployment>(shapes.Deployment, raw)
    : project<StatefulSet>(shapes.StatefulSet, raw);
}

/** The pods that a workload's selector picks, those that are going included. @throws ApiError, EnvironmentError */
export async function readPodsOf(
  connection: Connection,
  namespace: string,
  workload: Deployment | StatefulSet,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  const selection = new Map([['labelSelector', labelSelectorText(workload.spec.selector)]]);
  const keep = (raw: unknown) => project<Pod>(shapes.Pod, raw);
  const { items } = await list(connection, listPath(kinds.Pod, namespace), keep, signal, selection);
  return items;
}

/** Sets the number of replicas, as `kubectl scale`. @throws ApiError, EnvironmentError */
export async function scaleWorkload(
  connection: Connection,
  namespace: string,
  { kind, name }: WorkloadName,
  replicas: number,
  signal: AbortSignal,
): Promise<void> {
  await connection.patch(objectPath(kinds[kind], namespace, name, 'scale'), { spec: { replicas } }, signal);
}
