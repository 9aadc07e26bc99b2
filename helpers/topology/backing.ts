import type { Container, Volume } from './objects.ts';
import type { Backing, Workload } from './model.ts';

/**
 * What lies under an absolute path in a container: the volume of the mount with the longest prefix of it, by whole
 * path segments. Without one, the path is in the container's own layer and goes with it.
 */
export function backingOf(workload: Workload, container: Container, path: string): Backing {
  const wanted = segments(path);
  const [mount] = (container.volumeMounts ?? [])
    .filter(({ mountPath }) => segments(mountPath).every((segment, at) => segment === wanted[at]))
    .toSorted((a, b) => segments(b.mountPath).length - segments(a.mountPath).length);
  if (mount === undefined) return { kind: 'container-layer' };
  const place = { volumeName: mount.name, mountPath: mount.mountPath };
  if (workload.claimTemplates.some(({ name }) => name === mount.name)) {
    return mount.readOnly === true
      ? { kind: 'read-only', ...place, source: 'a claim, mounted read-only' }
      : { kind: 'claim', ...place };
  }
  const volume = workload.template.volumes?.find(({ name }) => name === mount.name);
  if (volume === undefined)
    return { kind: 'other', ...place, source: 'a volume that the pod does not declare' };
  const backing = classify(volume, place);
  const isReadOnly = mount.readOnly === true || volume.persistentVolumeClaim?.readOnly === true;
  return isReadOnly && backing.kind !== 'read-only'
    ? { kind: 'read-only', ...place, source: `${sourceName(volume)}, mounted read-only` }
    : backing;
}

/** What a volume is, whatever mounts it. */
export function classify(volume: Volume, place: { volumeName: string; mountPath: string }): Backing {
  if (volume.persistentVolumeClaim !== undefined) return { kind: 'claim', ...place };
  if (volume.ephemeral !== undefined) return { kind: 'ephemeral-claim', ...place };
  if (volume.hostPath !== undefined) return { kind: 'hostPath', ...place, path: volume.hostPath.path };
  const source = sourceName(volume);
  // The API server makes a volume without a source an emptyDir.
  if (source === 'emptyDir') return { kind: 'emptyDir', ...place };
  return readOnlySources.has(source)
    ? { kind: 'read-only', ...place, source }
    : { kind: 'other', ...place, source };
}

const readOnlySources = new Set(['configMap', 'secret', 'projected', 'downwardAPI', 'image']);

function sourceName(volume: Volume): string {
  if (volume.persistentVolumeClaim !== undefined) return 'a claim';
  return Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';
}

function segments(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}
