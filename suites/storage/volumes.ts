import type { Claim, PersistentVolume } from '../../helpers/topology/objects.ts';
import type { Observation } from '../../helpers/topology/observation.ts';

const byName = new WeakMap<readonly PersistentVolume[], ReadonlyMap<string, PersistentVolume>>();

/** The volume that a claim says it is bound to, where it exists. */
export function volumeOf(claim: Claim, { objects }: Observation): PersistentVolume | undefined {
  const volumes = objects.PersistentVolume;
  const index = byName.get(volumes) ?? new Map(volumes.map((volume) => [volume.metadata.name, volume]));
  byName.set(volumes, index);
  return index.get(claim.spec.volumeName ?? '');
}
