import { chooseLog } from '../topology/log-type.ts';
import { understand } from '../topology/understand.ts';
import type { Component, Topology, Workload } from '../topology/model.ts';
import type { Deployment, PodSpec, StatefulSet } from '../topology/objects.ts';
import type { Observation } from '../topology/observation.ts';
import { dataSettings } from './deployment-facts.ts';
import type { DeploymentFacts } from './snapshot-deployment.ts';
import type { UpgradePlan } from './snapshot.ts';

/** What an upgrade is to install, as it was asked for; `from` is how: `--to IMAGE`. */
export type PlanAsked =
  | { readonly kind: 'image'; readonly from: string; readonly image: string }
  | { readonly kind: 'manifest'; readonly from: string; readonly manifest: Observation }
  /** Back to what an earlier snapshot saw. */
  | { readonly kind: 'back'; readonly from: string; readonly deployment: DeploymentFacts };

/** What an upgrade of this deployment will lead to. Pure. */
export function planFor(asked: PlanAsked, observation: Observation, topology: Topology): UpgradePlan {
  const instance = topology.instance.name;
  switch (asked.kind) {
    case 'back':
      return planBack(asked.from, asked.deployment);
    case 'image':
      return planOf(
        asked.from,
        understand(withImage(observation, topology.components, asked.image), { instance }),
      );
    case 'manifest': {
      const next = understand(appliedOver(observation, asked.manifest), { instance });
      return planOf(asked.from, next, ({ workload }) => isIn(asked.manifest, workload));
    }
  }
}

/** What `kubectl apply` leads to: objects of the manifest take the place of those that are there; the others stay. */
function appliedOver(observation: Observation, { objects: applied }: Observation): Observation {
  const over = <T extends { readonly metadata: { readonly name: string } }>(
    old: readonly T[],
    next: readonly T[],
  ): readonly T[] => {
    const names = new Set(next.map(({ metadata }) => metadata.name));
    return [...old.filter(({ metadata }) => !names.has(metadata.name)), ...next];
  };
  const { objects } = observation;
  return {
    ...observation,
    objects: {
      ...objects,
      Deployment: over(objects.Deployment, applied.Deployment),
      StatefulSet: over(objects.StatefulSet, applied.StatefulSet),
      Service: over(objects.Service, applied.Service),
      ConfigMap: over(objects.ConfigMap, applied.ConfigMap),
    },
  };
}

function isIn({ objects }: Observation, { kind, metadata }: Workload): boolean {
  if (kind === 'Pod') return false;
  return objects[kind].some((each) => each.metadata.name === metadata.name);
}

/** What will be there once a manifest is applied, or an image is set. Pure. */
function planOf(
  from: string,
  topology: Topology,
  isChanged: (component: Component) => boolean = () => true,
): UpgradePlan {
  const { instance, components, configuration, logType, expectedClaims } = topology;
  const all = components.filter(({ workload }) => workload.replicas > 0);
  // One that the manifest does not name stays as it is, and says nothing of what is to be installed.
  const changed = all.filter(isChanged);
  const running = changed.length > 0 ? changed : all;
  const { log } = chooseLog(configuration, instance, components);
  return {
    from,
    ...(instance.version !== undefined && { version: instance.version }),
    ...(logType !== undefined && { log: logType }),
    logBecause: log?.because ?? 'no setting says which log',
    roles: [...new Set(running.map(({ role }) => role))],
    images: [...new Set(running.map(({ image }) => image))],
    configuration: dataSettings(topology),
    claims: [...new Set(expectedClaims.map(({ name }) => name))],
  };
}

function planBack(from: string, deployment: DeploymentFacts): UpgradePlan {
  const { version, log, components, configuration, claims } = deployment;
  const running = components.filter(({ replicas }) => replicas > 0);
  return {
    from,
    ...(version !== undefined && { version }),
    ...(log !== undefined && { log }),
    logBecause: 'it was so before the upgrade',
    roles: [...new Set(running.map(({ role }) => role))],
    images: [...new Set(running.map(({ image }) => image))],
    configuration,
    claims: claims.map(({ name }) => name),
  };
}

/** The observation as it would be with another image in the containers of Milvus' components. Pure. */
function withImage(observation: Observation, components: readonly Component[], image: string): Observation {
  const named = (kind: string, name: string) =>
    components.find(({ workload }) => workload.kind === kind && workload.metadata.name === name);
  const change = <W extends Deployment | StatefulSet>(kind: string, workload: W): W => {
    const component = named(kind, workload.metadata.name);
    if (component === undefined) return workload;
    const template = {
      ...workload.spec.template,
      spec: imaged(workload.spec.template.spec, component.container.name, image),
    };
    return { ...workload, spec: { ...workload.spec, template } };
  };
  const { objects } = observation;
  return {
    ...observation,
    objects: {
      ...objects,
      Deployment: objects.Deployment.map((workload) => change('Deployment', workload)),
      StatefulSet: objects.StatefulSet.map((workload) => change('StatefulSet', workload)),
    },
  };
}

function imaged(spec: PodSpec, container: string, image: string): PodSpec {
  const containers = spec.containers.map((each) => (each.name === container ? { ...each, image } : each));
  return { ...spec, containers };
}
