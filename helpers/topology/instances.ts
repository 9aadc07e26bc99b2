import type { Component, Instance, Workload } from './model.ts';
import type { Observation } from './observation.ts';
import { InstanceError } from './errors.ts';

/** Components of one instance, with the name that they share. */
export interface Group {
  readonly name: string;
  readonly components: readonly Component[];
}

/**
 * Components grouped to instances: by the operator's `Milvus` resource that owns them, else by the label
 * `app.kubernetes.io/instance` of their pods (Helm's release), else `release`, else by the ConfigMap that they mount.
 */
export function groupInstances(components: readonly Component[]): readonly Group[] {
  const groups = Map.groupBy(components, ({ workload }) => instanceNameOf(workload));
  return [...groups].map(([name, members]) => ({ name, components: members }));
}

function instanceNameOf({ metadata, template, templateLabels }: Workload): string {
  const resource = metadata.ownerReferences?.find(({ kind }) => kind === 'Milvus');
  const configMap = template.volumes?.find((volume) => volume.configMap?.name !== undefined)?.configMap?.name;
  return (
    resource?.name ??
    templateLabels['app.kubernetes.io/instance'] ??
    templateLabels['release'] ??
    configMap ??
    metadata.name
  );
}

/**
 * The instance that is meant.
 * @throws InstanceError when there is none, more than one and none named, or not the named one.
 */
export function chooseInstance(
  groups: readonly Group[],
  wanted: string | undefined,
  observation: Observation,
): Group {
  const names = groups.map(({ name }) => name);
  const [first, ...others] = groups;
  if (first === undefined) throw new InstanceError('none', [], noneFound(observation));
  if (wanted !== undefined) {
    const group = groups.find(({ name }) => name === wanted);
    if (group !== undefined) return group;
    throw new InstanceError(
      'unknown',
      names,
      `No Milvus instance named "${wanted}" in namespace "${observation.namespace}". ` +
        `There ${names.length === 1 ? 'is' : 'are'}: ${names.join(', ')}.`,
    );
  }
  if (others.length === 0) return first;
  throw new InstanceError(
    'several',
    names,
    `Namespace "${observation.namespace}" holds ${names.length} Milvus instances: ${names.join(', ')}. ` +
      'Name the one that is meant with --instance.',
  );
}

function noneFound({ namespace, objects, reads }: Observation): string {
  const kinds = ['Deployment', 'StatefulSet', 'Pod'] as const;
  const refused = kinds.flatMap((kind) => {
    const read = reads[kind];
    return read.state === 'refused' ? [`${kind}s could not be read: ${read.message}`] : [];
  });
  const there = kinds.flatMap((kind) => {
    const names = objects[kind].map(({ metadata }) => metadata.name);
    if (names.length === 0) return [];
    const shown = names.slice(0, 5).join(', ');
    return [
      `${names.length} ${kind}${names.length === 1 ? '' : 's'} (${shown}${names.length > 5 ? ', …' : ''})`,
    ];
  });
  return [
    `No Milvus found in namespace "${namespace}".`,
    'Looked for workloads with a container that runs "milvus run ROLE", or a Milvus image with a component label.',
    there.length === 0
      ? 'There are no workloads at all.'
      : `There are ${there.join(', ')}, none of them Milvus.`,
    ...refused.map((text) => `${text}.`),
    'Check the namespace (-n) and the context (--context).',
  ].join(' ');
}

/** What an instance is, from its components: those with replicas count, where there are any. */
export function describeInstance({ name, components }: Group, namespace: string): Instance {
  const wanted = components.filter(({ workload }) => workload.replicas > 0);
  const counted = wanted.length > 0 ? wanted : components;
  return {
    name,
    namespace,
    managedBy: managedByOf(components),
    mode: counted.every(({ role }) => role === 'standalone') ? 'standalone' : 'cluster',
    version: mostFrequent(counted.flatMap(({ image }) => versionOf(image) ?? [])),
  };
}

function managedByOf(components: readonly Component[]): Instance['managedBy'] {
  const labels = components.map(({ workload }) => workload.metadata.labels ?? {});
  if (labels.some((label) => label['app.kubernetes.io/managed-by'] === 'milvus-operator')) return 'operator';
  const isHelm = labels.some(
    (label) => label['app.kubernetes.io/managed-by'] === 'Helm' || label['helm.sh/chart'] !== undefined,
  );
  return isHelm ? 'helm' : 'manifest';
}

function versionOf(image: string): string | undefined {
  return /:v?(\d+\.\d+\.\d+)/.exec(image)?.[1];
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, { length }]) => ({ value, length }));
  return counts.toSorted((a, b) => b.length - a.length)[0]?.value;
}
