import type {
  ConfigMap,
  Condition,
  Container,
  ContainerState,
  ContainerStatus,
  Deployment,
  EnvironmentVariable,
  Event,
  Metadata,
  MilvusResource,
  Pod,
  PodSpec,
  PodTemplate,
  StatefulSet,
} from '../topology/objects.ts';
import type { Kind, ObjectsByKind } from '../topology/observation.ts';
import { omitted, redactText, redactValue } from './redact-text.ts';
import { hide, isSecretName, redactLine } from './secrets.ts';

type Redact<T> = (object: T) => T;

/** Longest annotation that is kept: the charts' checksums are short, what tools store there is not. */
const longestAnnotation = 512;
/** It repeats the whole object as it was written, secrets included. */
const dropped = new Set(['kubectl.kubernetes.io/last-applied-configuration']);

/**
 * Removes secrets from one object of each kind, before it becomes part of an observation. Pure; what a check needs
 * (paths, addresses, sizes, settings) stays.
 */
export const redactObject: { readonly [K in Kind]: Redact<ObjectsByKind[K][number]> } = {
  Pod: redactPod,
  PersistentVolumeClaim: redactMetadataOnly,
  PersistentVolume: redactMetadataOnly,
  StorageClass: redactMetadataOnly,
  Deployment: redactWorkload,
  StatefulSet: redactWorkload,
  ReplicaSet: redactMetadataOnly,
  Service: redactMetadataOnly,
  ConfigMap: redactConfigMap,
  Event: redactEvent,
  Milvus: redactMilvus,
};

function redactMetadataOnly<T extends { readonly metadata: Metadata }>(object: T): T {
  return { ...object, metadata: redactMetadata(object.metadata) };
}

function redactMetadata<M extends Partial<Metadata>>(metadata: M): M {
  if (metadata.annotations === undefined) return metadata;
  const annotations = Object.entries(metadata.annotations)
    .filter(([name]) => !dropped.has(name))
    .map(([name, text]) => [name, redactAnnotation(name, text)]);
  return { ...metadata, annotations: Object.fromEntries(annotations) };
}

function redactAnnotation(name: string, text: string): string {
  if (isSecretName(name)) return hide(text);
  return text.length > longestAnnotation ? omitted(text) : redactLine(text);
}

function redactPod(pod: Pod): Pod {
  const { status } = pod;
  return {
    ...pod,
    metadata: redactMetadata(pod.metadata),
    spec: redactPodSpec(pod.spec),
    ...(status === undefined
      ? {}
      : {
          status: {
            ...redactMessage(status),
            ...present('conditions', status.conditions?.map(redactCondition)),
            ...present('containerStatuses', status.containerStatuses?.map(redactContainerStatus)),
            ...present('initContainerStatuses', status.initContainerStatuses?.map(redactContainerStatus)),
          },
        }),
  };
}

function redactWorkload<T extends Deployment | StatefulSet>(workload: T): T {
  const { template } = workload.spec;
  const redactedTemplate: PodTemplate = {
    ...template,
    ...present('metadata', template.metadata === undefined ? undefined : redactMetadata(template.metadata)),
    spec: redactPodSpec(template.spec),
  };
  return {
    ...workload,
    metadata: redactMetadata(workload.metadata),
    spec: { ...workload.spec, template: redactedTemplate },
  };
}

function redactPodSpec(spec: PodSpec): PodSpec {
  return {
    ...spec,
    containers: spec.containers.map(redactContainer),
    ...present('initContainers', spec.initContainers?.map(redactContainer)),
  };
}

function redactContainer(container: Container): Container {
  return {
    ...container,
    ...present('env', container.env?.map(redactVariable)),
    ...present('command', container.command === undefined ? undefined : redactArguments(container.command)),
    ...present('args', container.args === undefined ? undefined : redactArguments(container.args)),
  };
}

function redactVariable(variable: EnvironmentVariable): EnvironmentVariable {
  return variable.value === undefined
    ? variable
    : { ...variable, value: redactText(variable.name, variable.value) };
}

/** A flag's value may be the next argument. */
function redactArguments(words: readonly string[]): readonly string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    const isValue = before.startsWith('-') && !before.includes('=') && isSecretName(before);
    return isValue && !word.startsWith('-') ? hide(word) : redactLine(word);
  });
}

function redactContainerStatus(status: ContainerStatus): ContainerStatus {
  return {
    ...status,
    ...present('state', status.state === undefined ? undefined : redactState(status.state)),
    ...present('lastState', status.lastState === undefined ? undefined : redactState(status.lastState)),
  };
}

function redactState(state: ContainerState): ContainerState {
  return {
    ...state,
    ...present('waiting', state.waiting === undefined ? undefined : redactMessage(state.waiting)),
    ...present('terminated', state.terminated === undefined ? undefined : redactMessage(state.terminated)),
  };
}

function redactCondition(condition: Condition): Condition {
  return redactMessage(condition);
}

function redactMessage<T extends { readonly message?: string }>(object: T): T {
  return object.message === undefined ? object : { ...object, message: redactLine(object.message) };
}

function redactEvent(event: Event): Event {
  return redactMessage({ ...event, metadata: redactMetadata(event.metadata) });
}

function redactConfigMap(map: ConfigMap): ConfigMap {
  const data = Object.entries(map.data ?? {}).map(([name, text]) => [name, redactText(name, text)]);
  return {
    ...map,
    metadata: redactMetadata(map.metadata),
    ...(map.data === undefined ? {} : { data: Object.fromEntries(data) }),
  };
}

function redactMilvus(resource: MilvusResource): MilvusResource {
  const redactedResource = { ...resource, metadata: redactMetadata(resource.metadata) };
  return resource.spec === undefined
    ? redactedResource
    : { ...redactedResource, spec: redactSpec(resource.spec) };
}

function redactSpec(spec: NonNullable<MilvusResource['spec']>): NonNullable<MilvusResource['spec']> {
  return {
    ...spec,
    ...present('components', spec.components && redactMembers(spec.components)),
    ...present('dependencies', spec.dependencies && redactMembers(spec.dependencies)),
    ...present('config', spec.config && redactMembers(spec.config)),
  };
}

function redactMembers(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, redactValue(name, value)]));
}

/** A member that is there only when it has a value: `{...present('env', undefined)}` adds nothing. */
function present<Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: T });
}
