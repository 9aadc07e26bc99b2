import type { Kind, ObjectsByKind, Observation, Read } from '../topology/observation.ts';
import { bucketKeysOf, type BucketKeys, type Credentials } from './credentials.ts';
import type { Connection } from './connection.ts';
import { ApiError, EnvironmentError } from './errors.ts';
import { forbidden } from './forbidden.ts';
import { kinds, listPath } from './kinds.ts';
import { list } from './list.ts';
import { redactObject } from './redact.ts';
import { project } from './shape.ts';
import { shapes } from './shapes.ts';
import { Sharing } from './share.ts';

export interface Observed {
  /** Without `endpoints`: those are asked once the topology is known. */
  readonly observation: Observation;
  /** For `probeEndpoints`; never to be stored. */
  readonly credentials: Credentials;
}

type ObjectOf<K extends Kind> = ObjectsByKind[K][number];

/** One kind, and the refusal where there was one. */
interface ReadKind<K extends Kind> {
  readonly objects: readonly ObjectOf<K>[];
  readonly read: Read;
  readonly refusal?: ApiError;
}

/**
 * Reads every kind of the namespace once, side by side and in pages, and takes the secrets out as it goes.
 *
 * What may be missing (volumes, classes, the operator's kind) is noted in `reads`; what may not is an error.
 * @throws EnvironmentError
 */
export async function observeObjects(
  connection: Connection,
  namespace: string,
  signal?: AbortSignal,
): Promise<Observed> {
  await requireNamespace(connection, namespace, signal);
  const stop = new AbortController();
  const until = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const credentials = new Map<string, BucketKeys>();
  const read = <K extends Kind>(kind: K, keep?: (object: ObjectOf<K>) => boolean) =>
    readKind(connection, namespace, kind, keep ?? (() => true), until);
  try {
    const all = await allOf({
      Pod: read('Pod'),
      PersistentVolumeClaim: read('PersistentVolumeClaim'),
      PersistentVolume: read('PersistentVolume', (volume) => volume.spec.claimRef?.namespace === namespace),
      StorageClass: read('StorageClass'),
      Deployment: read('Deployment'),
      StatefulSet: read('StatefulSet'),
      ReplicaSet: read('ReplicaSet'),
      Service: read('Service'),
      ConfigMap: read('ConfigMap', (map) => {
        const keys = bucketKeysOf(map);
        if (keys !== undefined) credentials.set(map.metadata.name, keys);
        return true;
      }),
      Event: read('Event'),
      Milvus: read('Milvus'),
    });
    const refusals = Object.values(all).flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
    if (refusals.length > 0) throw await forbidden(connection, namespace, refusals, signal);
    return {
      credentials,
      observation: {
        schemaVersion: 1,
        takenAt: new Date().toISOString(),
        source: { kind: 'cluster', context: connection.context, kubernetes: connection.kubernetes },
        namespace,
        objects: pick(all, 'objects'),
        reads: pick(all, 'read'),
      },
    };
  } finally {
    stop.abort();
  }
}

async function requireNamespace(
  connection: Connection,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await connection.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`, signal);
  } catch (error) {
    // A Role of one namespace often lacks this right: then the lists say what they say.
    if (error instanceof ApiError && error.status === 403) return;
    if (!(error instanceof ApiError && error.status === 404)) throw serverError(connection, error);
    throw new EnvironmentError(
      'no-namespace',
      `The cluster of context ${connection.context} has no namespace ${namespace}. Pass -n NAMESPACE: ` +
        `kubectl --context ${connection.context} get namespaces lists them.`,
      { cause: error },
    );
  }
}

/** @param keep is shown each object with its secrets still in it, and says whether it belongs to the observation */
async function readKind<K extends Kind>(
  connection: Connection,
  namespace: string,
  kind: K,
  keep: (object: ObjectOf<K>) => boolean,
  signal: AbortSignal,
): Promise<ReadKind<K>> {
  const started = performance.now();
  const redact: (object: ObjectOf<K>) => ObjectOf<K> = redactObject[kind];
  const sharing = new Sharing();
  const keepRedacted = (raw: unknown): ObjectOf<K> | undefined => {
    const object = project<ObjectOf<K>>(shapes[kind], raw);
    return keep(object) ? sharing.share(redact(object)) : undefined;
  };
  try {
    const { items, requests } = await list(
      connection,
      listPath(kinds[kind], namespace),
      keepRedacted,
      signal,
    );
    const durationMs = Math.round(performance.now() - started);
    return { objects: items, read: { state: 'read', requests, durationMs } };
  } catch (error) {
    const optional = kinds[kind].need === 'optional';
    if (error instanceof ApiError && error.status === 404 && optional) {
      return { objects: [], read: { state: 'absent' } };
    }
    if (error instanceof ApiError && error.status === 403) {
      const read = { state: 'refused', status: 403, message: error.serverMessage } as const;
      return optional ? { objects: [], read } : { objects: [], read, refusal: error };
    }
    throw serverError(connection, error);
  }
}

/** A refusal that no case above expects; anything else passes through. */
function serverError(connection: Connection, error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  return new EnvironmentError(
    'server-error',
    `The Kubernetes API server ${connection.server} (context ${connection.context}) failed: ${error.message}. ` +
      'Nothing was judged: look at its health, then try again.',
    { cause: error },
  );
}

type ByKind = { readonly [K in Kind]: ReadKind<K> };

async function allOf(pending: { readonly [K in Kind]: Promise<ReadKind<K>> }): Promise<ByKind> {
  const entries = Object.entries(pending).map(async ([kind, one]) => [kind, await one] as const);
  return Object.fromEntries(await Promise.all(entries)) as ByKind;
}

function pick<Member extends 'objects' | 'read'>(
  all: ByKind,
  member: Member,
): { readonly [K in Kind]: ReadKind<K>[Member] } {
  const entries = Object.entries(all).map(([kind, one]) => [kind, one[member]]);
  return Object.fromEntries(entries) as { readonly [K in Kind]: ReadKind<K>[Member] };
}
