import type { Fault } from '../resilience/scenario.ts';
import type { Workload } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';

/** Why a fault would do a workload harm that nothing mends; undefined when something brings its pods back. Pure. */
export function unsafeFor(
  { kind }: Fault,
  { kind: workloadKind, metadata: { name } }: Workload,
  { objects }: Observation,
): string | undefined {
  if (workloadKind === 'Pod' && kind !== 'kill-container') {
    return `the pod ${name} has no controller: once it is gone, nothing brings it back`;
  }
  if (kind !== 'scale-to-zero' || workloadKind !== 'StatefulSet') return undefined;
  const set = objects.StatefulSet.find(({ metadata }) => metadata.name === name);
  // Kubernetes API, StatefulSetPersistentVolumeClaimRetentionPolicy.
  return set?.spec.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete'
    ? `scaling the StatefulSet ${name} to zero would delete its claims and all that is on them (whenScaled: Delete)`
    : undefined;
}
