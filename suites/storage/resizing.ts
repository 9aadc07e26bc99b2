import type { Claim } from '../../helpers/topology/objects.ts';
import type { Evidence } from '../../helpers/verdict/finding.ts';

const steps: ReadonlySet<string> = new Set([
  'Resizing',
  'FileSystemResizePending',
  'ControllerResizeError',
  'NodeResizeError',
  'ModifyingVolume',
  'ModifyVolumeError',
]);

/** What says that a claim’s resize has not ended; empty when none is under way. */
export function resizing({ metadata, status }: Claim): readonly Evidence[] {
  const at = `PersistentVolumeClaim/${metadata.name}`;
  const conditions = (status?.conditions ?? []).filter(
    (each) => steps.has(each.type) && each.status === 'True',
  );
  const resources = Object.entries(status?.allocatedResourceStatuses ?? {});
  return [
    ...conditions.map(({ type, message }) => ({
      at: `${at} status.conditions[${type}]`,
      text: message ?? type,
    })),
    ...resources.map(([resource, state]) => ({
      at: `${at} status.allocatedResourceStatuses.${resource}`,
      text: state,
    })),
  ];
}
