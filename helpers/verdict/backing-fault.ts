import type { Backing, Requirement } from '../topology/model.ts';

/** What is wrong with what lies under a data path, so that each fault is one check's to say. */
export type BackingFault =
  | 'none'
  | 'emptyDir'
  /** `local` object storage under an emptyDir, or under nothing. */
  | 'local objects'
  /** Nothing is mounted there, and the workload has no claim at all. */
  | 'container layer'
  /** Nothing is mounted there, although the workload has a claim: it is mounted elsewhere. */
  | 'off the claim'
  | 'hostPath'
  | 'ephemeral'
  | 'read-only'
  /** A volume of which nothing here says whether it lasts. */
  | 'unknown';

export function backingFault({ product, backing, workload }: Requirement): BackingFault {
  if (product === 'local' && backing.kind !== 'claim') return 'local objects';
  switch (backing.kind) {
    case 'claim':
      return 'none';
    case 'emptyDir':
      return 'emptyDir';
    case 'hostPath':
      return 'hostPath';
    case 'ephemeral-claim':
      return 'ephemeral';
    case 'read-only':
      return 'read-only';
    case 'other':
      return 'unknown';
    case 'container-layer': {
      const named = (workload.template.volumes ?? []).some((volume) => volume.persistentVolumeClaim);
      return named || workload.claimTemplates.length > 0 ? 'off the claim' : 'container layer';
    }
  }
}

/** What lies there, to be put after "is on" or "are on". */
export function backingText(backing: Backing): string {
  switch (backing.kind) {
    case 'claim':
      return `the claim of volume ${backing.volumeName}, mounted at ${backing.mountPath}`;
    case 'emptyDir':
      return `emptyDir ${backing.volumeName}, mounted at ${backing.mountPath}`;
    case 'hostPath':
      return `hostPath ${backing.path} of the node, mounted at ${backing.mountPath}`;
    case 'ephemeral-claim':
      return `ephemeral volume ${backing.volumeName}, mounted at ${backing.mountPath} and deleted with its pod`;
    case 'read-only':
      return `read-only volume ${backing.volumeName} (${backing.source}), mounted at ${backing.mountPath}`;
    case 'other':
      return `volume ${backing.volumeName} (${backing.source}), mounted at ${backing.mountPath}`;
    case 'container-layer':
      return 'the container’s own layer: no volume is mounted there';
  }
}
