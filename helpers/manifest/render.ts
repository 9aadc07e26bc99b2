import { redactObject } from '../kubernetes/redact.ts';
import { observationOfObjects } from '../topology/manifest.ts';
import { manifestObjects, ManifestError, type ManifestObject } from '../topology/manifest-objects.ts';
import type { Kind, ObjectsByKind, Observation } from '../topology/observation.ts';
import { expandMilvus } from './operator/expand.ts';

/** A file of a manifest as it was read. */
export interface ManifestFile {
  /** As the user named it; `-` is stdin. */
  readonly name: string;
  readonly text: string;
}

/** A manifest as it would be applied. */
export interface Rendered {
  /** Everything in it, of every kind and namespace, and what an operator makes of it. */
  readonly objects: readonly ManifestObject[];
  /** What of it the checks read, without secrets. */
  readonly observation: Observation;
}

/**
 * Files as one manifest: what `kubectl apply` would make, a `Milvus` resource as the operator would unfold it.
 * @throws ManifestError that names file and line
 */
export function renderManifest(
  files: readonly ManifestFile[],
  options: { readonly namespace?: string },
): Rendered {
  const written = files.flatMap(({ name, text }) => manifestObjects(text, name));
  const names = files.map(({ name }) => name);
  const file = names.join(', ');
  if (written.length === 0) {
    throw new ManifestError(`${file}: holds no Kubernetes object; expected what helm template prints.`);
  }
  const expanded = written.filter(({ kind }) => kind === 'Milvus').map(expandMilvus);
  const objects = [...written, ...expanded.flatMap((each) => each.objects)];
  const { manifest, ...observation } = observationOfObjects(objects, { file, files: names, ...options });
  return {
    objects,
    observation: {
      ...observation,
      objects: withoutSecrets(observation.objects),
      ...(manifest !== undefined && {
        manifest: { ...manifest, unclear: expanded.flatMap(({ unclear }) => unclear) },
      }),
    },
  };
}

function withoutSecrets(objects: ObjectsByKind): ObjectsByKind {
  const of = <K extends Kind>(kind: K): readonly ObjectsByKind[K][number][] => {
    const redact: (object: ObjectsByKind[K][number]) => ObjectsByKind[K][number] = redactObject[kind];
    const all: readonly ObjectsByKind[K][number][] = objects[kind];
    return all.map(redact);
  };
  return {
    Pod: of('Pod'),
    PersistentVolumeClaim: of('PersistentVolumeClaim'),
    PersistentVolume: of('PersistentVolume'),
    StorageClass: of('StorageClass'),
    Deployment: of('Deployment'),
    StatefulSet: of('StatefulSet'),
    ReplicaSet: of('ReplicaSet'),
    Service: of('Service'),
    ConfigMap: of('ConfigMap'),
    Event: of('Event'),
    Milvus: of('Milvus'),
  };
}
