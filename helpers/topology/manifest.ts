import { LineCounter, parseAllDocuments } from 'yaml';
import { isRecord } from './environment.ts';
import { kinds, type Kind, type ObjectsByKind, type Observation, type Read } from './observation.ts';
import { isObjectsByKind, shapeProblem } from './shapes.ts';

/** A manifest that cannot be read; the message names file, line and what was expected. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Kinds of which a manifest is the whole truth; of the others it says nothing. */
const declared: ReadonlySet<Kind> = new Set([
  'Deployment',
  'StatefulSet',
  'Service',
  'ConfigMap',
  'PersistentVolumeClaim',
] as const);

const clusterScoped: ReadonlySet<string> = new Set(['PersistentVolume', 'StorageClass']);

/**
 * What a rendered manifest (`helm template`) would put into a namespace, as an observation: no pods, no endpoints.
 *
 * Takes many documents, `List` kinds, CRLF and null fields, as Helm renders them. Objects without a namespace go into
 * the chosen one: `namespace`, else the one that most objects name, else `default`; objects of others are left out.
 * `takenAt` is the epoch: a manifest has no time, and nothing in it has an age.
 * @throws ManifestError with file and line, for bad YAML or an object without the fields that its kind needs.
 */
export function observationOfManifest(
  text: string,
  options: { readonly file: string; readonly namespace?: string },
): Observation {
  const { file } = options;
  const entries = entriesOf(text, file);
  const namespace = options.namespace ?? usualNamespace(entries) ?? 'default';
  const inNamespace = entries.filter(
    ({ kind, namespace: own }) => clusterScoped.has(kind) || own === undefined || own === namespace,
  );
  const objects = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      inNamespace.filter((entry) => entry.kind === kind).map(({ object }) => placed(object, kind, namespace)),
    ]),
  );
  if (!isObjectsByKind(objects)) throw new ManifestError(`${file}: an object is not what its kind says.`);
  return {
    schemaVersion: 1,
    takenAt: '1970-01-01T00:00:00Z',
    source: { kind: 'manifest', file },
    namespace,
    objects,
    reads: readsOf(objects, file),
  };
}

interface Entry {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly object: Record<string, unknown>;
}

function entriesOf(text: string, file: string): readonly Entry[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter,
    uniqueKeys: false,
    merge: true,
    logLevel: 'silent',
  });
  return [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      const reason = error.message.split(/ at line \d+|\n/)[0] ?? error.message;
      throw new ManifestError(`${file}:${line}:${col}: not readable as YAML: ${reason}.`);
    }
    const content: unknown = withoutNulls(document.toJS());
    if (content === undefined) return [];
    const { line } = lineCounter.linePos(document.contents?.range?.[0] ?? 0);
    return unfold(content, `${file}:${line}`);
  });
}

/** The objects of a document: itself, or the items of a `List`. */
function unfold(content: unknown, at: string): readonly Entry[] {
  if (!isRecord(content) || typeof content['kind'] !== 'string') {
    throw new ManifestError(`${at}: expected a Kubernetes object with apiVersion, kind and metadata.`);
  }
  const { kind, items, metadata } = content;
  if (kind.endsWith('List') && Array.isArray(items))
    return items.flatMap((item: unknown) => unfold(item, at));
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string') {
    throw new ManifestError(`${at}: this ${kind} has no metadata.name.`);
  }
  const problem = shapeProblem(kind, content);
  if (problem !== undefined) throw new ManifestError(`${at}: ${kind} ${metadata['name']}: ${problem}.`);
  const { namespace } = metadata;
  return [{ kind, namespace: typeof namespace === 'string' ? namespace : undefined, object: content }];
}

/** Helm renders an empty value as null (`env:`, `annotations:`); to the API server that is the same as nothing. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls).filter((item) => item !== undefined);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const kept = withoutNulls(inner);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

function usualNamespace(entries: readonly Entry[]): string | undefined {
  const named = Map.groupBy(
    entries.filter(({ namespace }) => namespace !== undefined),
    ({ namespace }) => namespace,
  );
  return [...named].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

function placed(object: Record<string, unknown>, kind: Kind, namespace: string): Record<string, unknown> {
  if (clusterScoped.has(kind) || !isRecord(object['metadata'])) return object;
  return { ...object, metadata: { ...object['metadata'], namespace } };
}

function readsOf(objects: ObjectsByKind, file: string): Readonly<Record<Kind, Read>> {
  const read = (kind: Kind): Read => {
    if (declared.has(kind) || objects[kind].length > 0) return { state: 'read', requests: 0, durationMs: 0 };
    if (kind === 'Milvus') return { state: 'absent' };
    return { state: 'refused', status: 0, message: `${file} is a manifest and says nothing of ${kind}s` };
  };
  return {
    Pod: read('Pod'),
    PersistentVolumeClaim: read('PersistentVolumeClaim'),
    PersistentVolume: read('PersistentVolume'),
    StorageClass: read('StorageClass'),
    Deployment: read('Deployment'),
    StatefulSet: read('StatefulSet'),
    ReplicaSet: read('ReplicaSet'),
    Service: read('Service'),
    ConfigMap: read('ConfigMap'),
    Event: read('Event'),
    Milvus: read('Milvus'),
  };
}
