import type { Connection } from '../kubernetes/connection.ts';
import { ApiError } from '../kubernetes/errors.ts';
import { isRecord } from '../kubernetes/json.ts';
import { listPath } from '../kubernetes/kinds.ts';
import { list } from '../kubernetes/list.ts';
import { isAllowed, rights, rightText, type Right } from '../kubernetes/rights.ts';
import { askedBy } from '../topology/asked.ts';
import type { Claim, LimitRange, Node, ResourceQuota, StorageClass } from '../topology/objects.ts';
import type { Observation } from '../topology/observation.ts';
import type { Asked, AskedRight, NodeUse, Preflight } from '../topology/preflight.ts';
import { installedKinds } from '../topology/installed-kinds.ts';
import { projections } from './projections.ts';
import { installRights, preflightRights } from './rights.ts';

/**
 * Asks a cluster for everything that decides whether an install will work, side by side, and changes nothing. What is
 * refused is noted with the server's words.
 * @throws EnvironmentError when the server cannot be reached or knows nobody
 */
export async function askCluster(
  connection: Connection,
  namespace: string,
  manifest: Observation | undefined,
  signal?: AbortSignal,
): Promise<Preflight> {
  const kinds = [
    ...new Set(Object.keys(manifest?.manifest?.places ?? {}).flatMap((place) => place.split('/', 1))),
  ];
  const read = <T>(path: string, keep: (item: unknown) => T | undefined) =>
    ask(connection, path, keep, signal);
  const inNamespace = (resource: string) =>
    listPath({ group: '', version: 'v1', resource, scope: 'namespace', need: 'optional' }, namespace);
  const [state, askedRights, storageClasses, quotas, limitRanges, nodes, used, claims, present] =
    await Promise.all([
      namespaceOf(connection, namespace, signal),
      rightsOf(connection, namespace, kinds, signal),
      read<StorageClass>('/apis/storage.k8s.io/v1/storageclasses', projections.storageClass),
      read<ResourceQuota>(inNamespace('resourcequotas'), projections.quota),
      read<LimitRange>(inNamespace('limitranges'), projections.limitRange),
      read<Node>('/api/v1/nodes', projections.node),
      usedByNode(connection, signal),
      read<Claim>(inNamespace('persistentvolumeclaims'), projections.claim),
      presentObjects(connection, namespace, kinds, signal),
    ]);
  return {
    namespace: state,
    rights: askedRights,
    storageClasses,
    quotas,
    limitRanges,
    nodes,
    used,
    claims,
    present,
  };
}

async function ask<T>(
  connection: Connection,
  path: string,
  keep: (item: unknown) => T | undefined,
  signal: AbortSignal | undefined,
): Promise<Asked<T>> {
  try {
    const { items } = await list(connection, path, keep, signal);
    return { state: 'read', items };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { state: 'refused', status: error.status, message: error.serverMessage };
  }
}

async function namespaceOf(
  connection: Connection,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<Preflight['namespace']> {
  try {
    const found = await connection.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`, signal);
    const metadata = isRecord(found) ? found['metadata'] : undefined;
    const labels = isRecord(metadata) && isRecord(metadata['labels']) ? metadata['labels'] : {};
    const texts = Object.entries(labels).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return { state: 'found', labels: Object.fromEntries(texts) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 404 ? { state: 'absent' } : { state: 'refused', message: error.serverMessage };
  }
}

/** What the suite needs afterwards, and leave to create each kind of the manifest. */
async function rightsOf(
  connection: Connection,
  namespace: string,
  kinds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly AskedRight[]> {
  const wanted: readonly Right[] = [...rights, ...preflightRights, ...installRights(kinds)];
  return Promise.all(
    wanted.map(async (right) => ({
      text: rightText(right, namespace),
      purpose: right.purpose,
      required: right.required,
      allowed: await isAllowed(connection, namespace, right, signal),
    })),
  );
}

/** What pods that are scheduled and have not ended ask for, summed by node. */
async function usedByNode(connection: Connection, signal: AbortSignal | undefined): Promise<Asked<NodeUse>> {
  const pods = await ask(connection, '/api/v1/pods', projections.pod, signal);
  if (pods.state === 'refused') return pods;
  const sums = new Map<string, NodeUse>();
  for (const { spec, status } of pods.items) {
    const node = spec.nodeName;
    if (node === undefined || status?.phase === 'Succeeded' || status?.phase === 'Failed') continue;
    const { cpu, memory } = askedBy(spec, 'requests');
    const before = sums.get(node) ?? { node, cpu: 0, memory: 0, pods: 0 };
    sums.set(node, { node, cpu: before.cpu + cpu, memory: before.memory + memory, pods: before.pods + 1 });
  }
  return { state: 'read', items: [...sums.values()] };
}

/** Objects of each kind that may be listed, and the kinds that may not: the one does not hide what the other shows. */
async function presentObjects(
  connection: Connection,
  namespace: string,
  kinds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Preflight['present']> {
  const lists = await Promise.all(
    kinds.flatMap((kind) => {
      const found = installedKinds[kind];
      if (found?.listed !== true) return [];
      const path = listPath({ ...found, scope: 'namespace', need: 'optional' }, namespace);
      return [ask(connection, path, (item) => projections.present(kind, item), signal)];
    }),
  );
  return {
    items: lists.flatMap((each) => (each.state === 'read' ? each.items : [])),
    // A kind that the server does not know has no objects.
    refused: lists.flatMap((each) =>
      each.state === 'refused' && each.status !== 404 ? [`${each.message} (${each.status})`] : [],
    ),
  };
}
