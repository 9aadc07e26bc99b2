import type { Backing, Location, Requirements, Topology } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';

/** One deployment as it is understood, and what must be durable. */
export interface Discovery {
  readonly observation: Observation;
  readonly topology: Topology;
  readonly requirements: Requirements;
}

/** A discovery as `discover --json` prints it: names and reasons, not whole objects. */
export function discoveryRecord({ observation, topology, requirements }: Discovery) {
  return {
    schemaVersion: 1,
    source: observation.source,
    takenAt: observation.takenAt,
    instance: topology.instance,
    logType: topology.logType,
    configuredBy: topology.configuration.from,
    components: topology.components.map(({ role, image, workload }) => ({
      role,
      image,
      workload: `${workload.kind}/${workload.metadata.name}`,
      replicas: workload.replicas,
      ready: workload.readyReplicas,
    })),
    stores: topology.stores.map(({ role, product, location, because }) => ({
      role,
      product,
      place: locationText(location),
      because,
    })),
    mustBeDurable: requirements.required.map((requirement) => ({
      id: requirement.id,
      what: requirement.what,
      reason: requirement.reason,
      workload: `${requirement.workload.kind}/${requirement.workload.metadata.name}`,
      container: requirement.container.name,
      path: requirement.path,
      pathFrom: requirement.pathFrom,
      sharing: requirement.sharing,
      liesOn: backingText(requirement.backing),
      claims: requirement.claims.map(({ name, claim }) => ({
        name,
        phase: claim?.status?.phase ?? 'missing',
      })),
    })),
    mustBeDurableButMissing: requirements.missing,
    needNotBeDurable: requirements.exempt,
    problems: topology.problems,
  };
}

/** Where a store is, in a phrase. */
export function locationText(location: Location): string {
  switch (location.kind) {
    case 'in-cluster':
      return location.workloads.map(({ kind, metadata }) => `${kind}/${metadata.name}`).join(', ');
    case 'external':
      return `external: ${location.addresses.join(', ')}`;
    case 'missing':
      return `missing: ${location.detail}`;
    case 'in-component':
      return `kept by ${location.components.map(({ role }) => role).join(', ')}`;
  }
}

/** What lies under a path, in a phrase. */
export function backingText(backing: Backing): string {
  switch (backing.kind) {
    case 'claim':
      return `claim (volume ${backing.volumeName} at ${backing.mountPath})`;
    case 'emptyDir':
      return `emptyDir ${backing.volumeName}: gone with the pod`;
    case 'hostPath':
      return `hostPath ${backing.path} of one node`;
    case 'ephemeral-claim':
      return `ephemeral claim ${backing.volumeName}: gone with the pod`;
    case 'read-only':
      return `read-only ${backing.source}`;
    case 'other':
      return `${backing.source} (volume ${backing.volumeName})`;
    case 'container-layer':
      return 'the container’s own layer: gone with the container';
  }
}
