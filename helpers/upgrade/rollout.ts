import { isDeepStrictEqual } from 'node:util';
import type { Component, Topology } from '../topology/model.ts';
import { isReady } from '../topology/readiness.ts';
import type { DeploymentFacts } from './snapshot-deployment.ts';

/** What a rollout has come to. */
export interface RolloutState {
  /** Whether any component is another than it was. */
  readonly changed: boolean;
  /** Why not every component runs as it is meant to, in words; undefined where each does. */
  readonly pending: string | undefined;
}

/**
 * How a deployment stands against how it was: when a rollout begins, and when it has ended. Pure.
 *
 * @param before components as an earlier snapshot has them
 * @param first the deployment as it was first looked at
 */
export function rolloutState(
  before: DeploymentFacts['components'],
  first: Topology,
  now: Topology,
): RolloutState {
  return { changed: hasChanged(before, first, now), pending: pendingOf(now.components) };
}

function hasChanged(before: DeploymentFacts['components'], first: Topology, now: Topology): boolean {
  const images = (list: readonly { workload: string; image: string }[]) =>
    Object.fromEntries(list.map(({ workload, image }) => [workload, image]));
  const running = now.components.map((component) => ({
    workload: nameOf(component),
    image: component.image,
  }));
  if (!isDeepStrictEqual(images(before), images(running))) return true;
  return !isDeepStrictEqual(templatesOf(first), templatesOf(now));
}

/** Templates, and the configuration that pods read when they start. */
function templatesOf({ components, configuration }: Topology): object {
  return {
    templates: Object.fromEntries(components.map((each) => [nameOf(each), each.workload.template])),
    configuration: configuration.values,
  };
}

function pendingOf(components: readonly Component[]): string | undefined {
  for (const { role, workload, container, image } of components) {
    const { replicas, updatedReplicas, readyReplicas, pods } = workload;
    const old = pods.find(
      ({ spec }) => spec.containers.find(({ name }) => name === container.name)?.image !== image,
    );
    if (old !== undefined) return `${role}: ${old.metadata.name} is still the old one`;
    if (updatedReplicas < replicas || readyReplicas < replicas || pods.length !== replicas) {
      return `${role}: ${readyReplicas} of ${replicas} Ready, ${pods.length} pods`;
    }
    const unready = pods.find((pod) => !isReady(pod));
    if (unready !== undefined) return `${role}: ${unready.metadata.name} is not Ready`;
  }
  return undefined;
}

function nameOf({ workload }: Component): string {
  return `${workload.kind}/${workload.metadata.name}`;
}
