import type { ContainerState, ContainerStatus, Event, Pod } from '../topology/objects.ts';
import type { Observation } from '../topology/observation.ts';
import { eventsOf, quote, timeOf } from './events.ts';
import type { Evidence } from './finding.ts';

/** What keeps a pod from serving; each kind is one check's to say. In order: the first that applies is the pod's. */
export type PodFaultKind =
  | 'image pull'
  | 'image name'
  | 'configuration'
  | 'out of memory'
  | 'liveness'
  | 'crash'
  | 'unscheduled'
  | 'not ready'
  | 'none';

export interface PodFault {
  readonly kind: PodFaultKind;
  readonly container?: string;
  /** What is, as a sentence. */
  readonly observed: string;
  readonly evidence: readonly Evidence[];
}

const waitingReasons: Readonly<Record<string, PodFaultKind>> = {
  ErrImagePull: 'image pull',
  ImagePullBackOff: 'image pull',
  ErrImageNeverPull: 'image pull',
  RegistryUnavailable: 'image pull',
  InvalidImageName: 'image name',
  ImageInspectError: 'image name',
  CreateContainerConfigError: 'configuration',
  CreateContainerError: 'configuration',
  RunContainerError: 'configuration',
};

/**
 * The one fault of a pod, by its statuses and events.
 *
 * @param windowMs A kill longer ago than this, of a container that runs again, is history.
 */
export function podFault(pod: Pod, observation: Observation, windowMs: number): PodFault {
  const events = eventsOf(observation, { kind: 'Pod', metadata: pod.metadata });
  const since = Date.parse(observation.takenAt) - windowMs;
  for (const status of statusesOf(pod)) {
    const fault = waitingFault(pod, status) ?? endedFault(pod, status, events, since);
    if (fault !== undefined) return fault;
  }
  return unscheduledFault(pod) ?? readiness(pod, events);
}

/** Init containers first: nothing else starts before they end. */
export function statusesOf(pod: Pod): readonly ContainerStatus[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

function waitingFault(pod: Pod, { name, state }: ContainerStatus): PodFault | undefined {
  const reason = state?.waiting?.reason ?? '';
  const kind = waitingReasons[reason];
  if (kind === undefined) return undefined;
  const image = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(
    (c) => c.name === name,
  )?.image;
  const about = kind === 'configuration' ? '' : `, image ${image ?? 'unnamed'}`;
  return {
    kind,
    container: name,
    observed: `Container ${name} waits: ${reason}${about}.`,
    evidence: [
      {
        at: `Pod/${pod.metadata.name} container ${name} state.waiting`,
        text: state?.waiting?.message ?? reason,
      },
    ],
  };
}

function endedFault(
  pod: Pod,
  { name, state, lastState, restartCount }: ContainerStatus,
  events: readonly Event[],
  since: number,
): PodFault | undefined {
  const ended = state?.terminated ?? lastState?.terminated;
  if (ended === undefined) return undefined;
  const killing = killedByProbe(name, ended.startedAt, events);
  const kind = ended.reason === 'OOMKilled' ? 'out of memory' : killing === undefined ? 'crash' : 'liveness';
  const isDown = state?.waiting?.reason === 'CrashLoopBackOff' || (state?.terminated?.exitCode ?? 0) !== 0;
  const isRecentKill = kind !== 'crash' && Date.parse(ended.finishedAt ?? '') >= since;
  if (!isDown && !isRecentKill) return undefined;
  const said = ended.message ?? state?.waiting?.message;
  const probe = events.findLast(({ message }) => message?.startsWith('Liveness probe failed'));
  const quoted = kind === 'liveness' ? [probe, killing].filter((event) => event !== undefined) : [];
  return {
    kind,
    container: name,
    observed:
      `Container ${name} was restarted ${restartCount === 1 ? 'once' : `${restartCount} times`}; it ended last at ` +
      `${ended.finishedAt ?? 'an unknown time'} with ${endText(ended)}.`,
    evidence: [
      ...(said === undefined ? [] : [{ at: `Pod/${pod.metadata.name} container ${name} state`, text: said }]),
      ...quoted.map(quote),
    ],
  };
}

/** The event of the kubelet that ended this container's run for its liveness probe. */
function killedByProbe(
  container: string,
  startedAt: string | undefined,
  events: readonly Event[],
): Event | undefined {
  return events.findLast(
    (event) =>
      event.reason === 'Killing' &&
      event.message?.includes(`${container} failed liveness probe`) === true &&
      (startedAt === undefined || timeOf(event) >= startedAt),
  );
}

function endText({ exitCode, signal, reason }: NonNullable<ContainerState['terminated']>): string {
  const how = signal === undefined || signal === 0 ? `exit code ${exitCode}` : `signal ${signal}`;
  return reason === undefined ? how : `${how} (${reason})`;
}

function unscheduledFault(pod: Pod): PodFault | undefined {
  const condition = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (condition === undefined || condition.status === 'True') return undefined;
  return {
    kind: 'unscheduled',
    observed: `No node can take the pod: ${condition.reason ?? 'PodScheduled is False'}.`,
    evidence: [
      { at: `Pod/${pod.metadata.name} status.conditions[PodScheduled]`, text: condition.message ?? '' },
    ],
  };
}

function readiness(pod: Pod, events: readonly Event[]): PodFault {
  const condition = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  if (condition?.status === 'True') return { kind: 'none', observed: 'Ready.', evidence: [] };
  const phase = pod.status?.phase ?? 'of unknown phase';
  const warning = events.findLast(({ type }) => type === 'Warning');
  return {
    kind: 'not ready',
    observed: `The pod is ${phase} and not Ready${condition?.reason === undefined ? '' : `: ${condition.reason}`}.`,
    evidence: [
      ...(condition?.message === undefined
        ? []
        : [{ at: `Pod/${pod.metadata.name} status.conditions[Ready]`, text: condition.message }]),
      ...(warning === undefined ? [] : [quote(warning)]),
    ],
  };
}
