import { isRecord } from './environment.ts';
import { manifestObjects, ManifestError, type ManifestObject } from './manifest-objects.ts';
import {
  kinds,
  type Kind,
  type ManifestFacts,
  type ObjectsByKind,
  type Observation,
  type Read,
  readsOfEach,
} from './observation.ts';
import { isObjectsByKind } from './shapes.ts';

/** Kinds of which a manifest is the whole truth; of the others it says nothing. */
const declared: ReadonlySet<Kind> = new Set([
  'Deployment',
  'StatefulSet',
  'Service',
  'ConfigMap',
  'PersistentVolumeClaim',
] as const);

/** Kinds that charts render and that no namespace holds. */
const clusterScoped: ReadonlySet<string> = new Set([
  'PersistentVolume',
  'StorageClass',
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PriorityClass',
]);

/**
 * What a rendered manifest (`helm template`) would put into a namespace, as an observation: no pods, no endpoints.
 * @throws ManifestError with file and line, for bad YAML or an object without the fields that its kind needs.
 */
export function observationOfManifest(
  text: string,
  options: { readonly file: string; readonly namespace?: string },
): Observation {
  return observationOfObjects(manifestObjects(text, options.file), { ...options, files: [options.file] });
}

/**
 * The same for objects that were read already, of one file or of several.
 *
 * Objects without a namespace go into the chosen one: `namespace`, else the one that most objects name, else
 * `default`; objects of others are left out and named in `manifest.elsewhere`. Of an object that stands there twice
 * the last counts. `takenAt` is the epoch: a manifest has no time, and nothing in it has an age.
 * @throws ManifestError
 */
export function observationOfObjects(
  all: readonly ManifestObject[],
  options: { readonly file: string; readonly files: readonly string[]; readonly namespace?: string },
): Observation {
  const { file, files } = options;
  const namespace = options.namespace ?? usualNamespace(all) ?? 'default';
  const isHere = ({ kind, namespace: own }: ManifestObject) =>
    clusterScoped.has(kind) || own === undefined || own === namespace;
  const named = Map.groupBy(all.filter(isHere), keyOf);
  const here = [...named.values()].flatMap((same) => same.slice(-1));
  const objects = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      here.filter((each) => each.kind === kind).map(({ object }) => placed(object, kind, namespace)),
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
    manifest: {
      files,
      places: Object.fromEntries(here.map((each) => [keyOf(each), each.place])),
      elsewhere: all.filter((each) => !isHere(each)).map(elsewhere),
      repeated: [...named.values()].flatMap(repeated),
      unclear: [],
    },
  };
}

function keyOf({ kind, name }: ManifestObject): string {
  return `${kind}/${name}`;
}

function elsewhere({ kind, name, namespace, place }: ManifestObject): ManifestFacts['elsewhere'][number] {
  return { kind, name, namespace: namespace ?? '', place };
}

function repeated(same: readonly ManifestObject[]): ManifestFacts['repeated'] {
  const [first] = same;
  if (first === undefined || same.length === 1) return [];
  return [{ kind: first.kind, name: first.name, places: same.map(({ place }) => place) }];
}

function usualNamespace(all: readonly ManifestObject[]): string | undefined {
  const named = Map.groupBy(
    all.filter(({ namespace }) => namespace !== undefined),
    ({ namespace }) => namespace,
  );
  return [...named].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

function placed(
  object: Readonly<Record<string, unknown>>,
  kind: Kind,
  namespace: string,
): Readonly<Record<string, unknown>> {
  if (clusterScoped.has(kind) || !isRecord(object['metadata'])) return object;
  return { ...object, metadata: { ...object['metadata'], namespace } };
}

function readsOf(objects: ObjectsByKind, file: string): Readonly<Record<Kind, Read>> {
  const read = (kind: Kind): Read => {
    if (declared.has(kind) || objects[kind].length > 0) return { state: 'read', requests: 0, durationMs: 0 };
    if (kind === 'Milvus') return { state: 'absent' };
    return { state: 'refused', status: 0, message: `${file} is a manifest and says nothing of ${kind}s` };
  };
  return readsOfEach(read);
}
