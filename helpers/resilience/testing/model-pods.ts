import type { Happening, HistoryEvent, PodState } from '../../workload/history.ts';
import type { Victim } from '../scenario.ts';
import { moments } from './moments.ts';

/** Parts of the hand-made deployment; a pod each. */
export const parts = ['proxy', 'mixcoord', 'datanode', 'querynode', 'streamingnode', 'etcd'] as const;
export type Part = (typeof parts)[number];

/** How far a struck pod's replacement comes. */
export const ends = [
  'stays',
  'no replacement',
  'not scheduled',
  'not started',
  'not Ready',
  'Ready',
] as const;
export type End = (typeof ends)[number];

/** ms since the fault at which each thing is seen to have happened. */
export const podTimes = {
  leaving: 10,
  gone: 400,
  created: 450,
  scheduled: 500,
  started: 1200,
  ready: 2000,
} as const;

export function victimOf(part: Part): Victim {
  const workload = {
    kind: part === 'etcd' ? 'StatefulSet' : 'Deployment',
    name: `my-release-${part}`,
  } as const;
  return { name: nameOf(part, 0), uid: uidOf(part, 0), part, workload, container: part };
}

/** Of a StatefulSet the replacement has the same name. */
export function nameOf(part: Part, generation: number): string {
  return part === 'etcd' ? 'my-release-etcd-0' : `my-release-${part}-5c9d8f7b6-${'abcdefgh'[generation]}x2k9`;
}

export function uidOf(part: Part, generation: number): string {
  return `uid-${part}-${generation}`;
}

type Change = Extract<Happening, { kind: 'pod' }>['change'];

/** Every pod before the load. */
export function podsSeen(): readonly HistoryEvent[] {
  return parts.map((part) => podEvent(500, 'seen', stateOf(part, 0)));
}

/** The deletion of a pod and what takes its place; the first strike is at the fault, later ones after it. */
export function podReplaced(part: Part, end: End, strike = 0, afterMs = 0): readonly HistoryEvent[] {
  if (end === 'stays') return [];
  const at = (time: keyof typeof podTimes) => moments.faultAt + afterMs + podTimes[time];
  const old = stateOf(part, strike);
  const next = strike + 1;
  const course = [
    podEvent(at('leaving'), 'modified', { ...old, deleting: true }),
    podEvent(at('gone'), 'deleted', { ...old, deleting: true }),
    podEvent(at('created'), 'added', stateOf(part, next, { scheduled: false, running: false, ready: false })),
    podEvent(at('scheduled'), 'modified', stateOf(part, next, { running: false, ready: false })),
    podEvent(at('started'), 'modified', stateOf(part, next, { ready: false })),
    podEvent(at('ready'), 'modified', stateOf(part, next)),
  ];
  return course.slice(0, 1 + ends.indexOf(end));
}

/** The container ends and runs again; its pod stays. */
export function containerRestarted(part: Part, afterMs = 0): readonly HistoryEvent[] {
  const again = (ready: boolean) => stateOf(part, 0, { restarts: 1, ready });
  const at = moments.faultAt + afterMs;
  return [
    podEvent(at + podTimes.gone, 'modified', stateOf(part, 0, { running: false, ready: false })),
    podEvent(at + podTimes.started, 'modified', again(false)),
    podEvent(at + podTimes.ready, 'modified', again(true)),
  ];
}

interface Condition {
  readonly scheduled?: boolean;
  readonly running?: boolean;
  readonly ready?: boolean;
  readonly restarts?: number;
}

function stateOf(
  part: Part,
  generation: number,
  { scheduled = true, running = true, ready = true, restarts = 0 }: Condition = {},
): PodState {
  const container = { name: part, restarts, running };
  return {
    name: nameOf(part, generation),
    uid: uidOf(part, generation),
    part,
    phase: running ? 'Running' : 'Pending',
    scheduled,
    ready,
    deleting: false,
    containers: [running ? { ...container, startedAt: `2026-11-01T00:00:0${restarts}Z` } : container],
  };
}

function podEvent(at: number, change: Change, pod: PodState): HistoryEvent {
  return { type: 'event', at, happening: { kind: 'pod', change, pod } };
}
