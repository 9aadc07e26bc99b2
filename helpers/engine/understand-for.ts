import { emptyTopology } from '../preflight/nothing.ts';
import type { Topology } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import { understand } from '../topology/understand.ts';

/** The deployment that is meant. Throws InstanceError. */
export function understandFor(observation: Observation, instance: string | undefined): Topology {
  if (observation.preflight !== undefined && observation.manifest === undefined) {
    return emptyTopology(observation.namespace);
  }
  return understand(observation, instance === undefined ? {} : { instance });
}

/** `212 objects of namespace milvus`. */
export function observedText({ objects, namespace }: Observation): string {
  const count = Object.values(objects).reduce((total, list) => total + list.length, 0);
  return `${count} objects of namespace ${namespace}`;
}
