import type { Claim } from './objects.ts';
import type { Configuration, Instance, Location, Problem, Store, Topology, Workload } from './model.ts';
import type { Observation } from './observation.ts';
import { claimsByName, expectedClaimsOf } from './claims.ts';
import { componentOf } from './components.ts';
import { effectiveConfiguration } from './configuration.ts';
import { chooseInstance, describeInstance, groupInstances } from './instances.ts';
import { chooseLog } from './log-type.ts';
import { orphanClaims } from './orphans.ts';
import { textOf } from './settings.ts';
import { findStores } from './stores.ts';
import { workloadsOf } from './workloads.ts';

/**
 * One Milvus deployment of the observed namespace: what runs, how it is configured, what it keeps and where.
 *
 * Nothing is taken from a release name alone: components are told by what they run, stores by the addresses in the
 * effective configuration, claims by what names them.
 * @throws InstanceError when there is no instance, more than one and none named, or not the named one.
 */
export function understand(observation: Observation, options: { readonly instance?: string } = {}): Topology {
  const { namespace, objects } = observation;
  const workloads = workloadsOf(objects);
  const groups = groupInstances(workloads.flatMap((workload) => componentOf(workload) ?? []));
  const group = chooseInstance(groups, options.instance, observation);
  const instance = describeInstance(group, namespace);
  const { components } = group;
  const { configuration, problems } = effectiveConfiguration(components, observation);
  const chosen = chooseLog(configuration, instance, components);
  const around = { namespace, services: objects.Service, workloads, configMaps: objects.ConfigMap };
  const found = findStores(configuration, instance, components, chosen.log, around);
  const stores = problems.length === 0 ? found : found.filter(({ location }) => !isUnset(location));
  const own = distinct([...components.map(({ workload }) => workload), ...stores.flatMap(workloadsOfStore)]);
  const claims = claimsByName(objects.PersistentVolumeClaim);
  return {
    instance,
    configuration,
    logType: chosen.log?.type,
    components,
    stores,
    expectedClaims: own.flatMap((workload) => expectedClaimsOf(workload, claims)),
    orphanClaims: orphansOf(objects.PersistentVolumeClaim),
    problems: [
      ...problems,
      ...(problems.length === 0 ? chosen.problems : []),
      ...metastore(configuration, instance),
    ],
  };

  function orphansOf(claims: readonly Claim[]): readonly Claim[] {
    const others = groups.flatMap(({ name }) => (name === group.name ? [] : [name]));
    return orphanClaims(claims, { name: group.name, others, workloads: own }, workloads);
  }
}

/** Where the configuration could not be read, a setting that it does not show may well be set. */
function isUnset(location: Location): boolean {
  return location.kind === 'missing' && location.addresses.length === 0;
}

function workloadsOfStore({ location }: Store): readonly Workload[] {
  return location.kind === 'in-cluster' ? location.workloads : [];
}

function metastore(configuration: Configuration, { name }: Instance): readonly Problem[] {
  const type = textOf(configuration, 'metastore.type');
  if (type === undefined || type === 'etcd') return [];
  return [
    {
      about: 'metadata',
      subject: { kind: 'Milvus', name },
      detail: `metastore.type is ${type}: only etcd is understood, so what keeps the metadata cannot be judged.`,
    },
  ];
}

function distinct(workloads: readonly Workload[]): readonly Workload[] {
  return [...new Set(workloads)];
}
