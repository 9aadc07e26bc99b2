import type { Pod } from '../topology/objects.ts';
import { isReady } from '../topology/readiness.ts';
import { listPath, kinds } from './kinds.ts';
import { list } from './list.ts';
import type { Connection } from './connection.ts';
import { project } from './shape.ts';
import { shapes } from './shapes.ts';

/**
 * Name of a Ready pod that a Service's selector picks now, the youngest of several: after a kill the old one may
 * still look Ready.
 * @throws Error that tells how many pods there are and that none is Ready; ApiError, EnvironmentError
 */
export async function readyPod(
  connection: Connection,
  namespace: string,
  selector: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<string> {
  const [youngest] = await readyPods(connection, namespace, selector, signal);
  return youngest;
}

/** Names of all of them, the youngest first. @throws as `readyPod` does */
export async function readyPods(
  connection: Connection,
  namespace: string,
  selector: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<readonly [string, ...string[]]> {
  const labels = Object.entries(selector)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const path = listPath(kinds.Pod, namespace);
  const { items } = await list(
    connection,
    path,
    (raw) => project<Pod>(shapes.Pod, raw),
    signal,
    new Map([['labelSelector', labels]]),
  );
  const ready = items
    .filter(isReady)
    .toSorted(
      (a, b) =>
        Date.parse(b.metadata.creationTimestamp ?? '') - Date.parse(a.metadata.creationTimestamp ?? ''),
    );
  const [youngest, ...others] = ready.map(({ metadata }) => metadata.name);
  if (youngest !== undefined) return [youngest, ...others];
  throw new Error(
    `No pod of the namespace ${namespace} with the labels ${labels} is Ready (${items.length} found). ` +
      `Look at them with: kubectl -n ${namespace} get pods -l ${labels}`,
  );
}
