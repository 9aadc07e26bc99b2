import type { ContainerState, PodState } from '../../workload/history.ts';
import type { PodCourse } from '../timeline.ts';
import { type PodLife, stateAt } from './pod-lives.ts';
import type { Struck } from './struck.ts';

/** A pod that stays and whose container was ended: gone is the container, and what takes its place is its next run. */
export function restartedCourse(
  { name, uid, part, at }: Struck,
  container: string | undefined,
  life: PodLife | undefined,
  faultAt: number,
): PodCourse {
  const old = { name, uid };
  const none = { part, old, leavingAt: undefined, goneAt: undefined, replacement: undefined };
  if (life === undefined) return none;
  const before = runOf(stateAt(life, at), container);
  const later = life.states.filter((state) => state.at > at);
  const since = (time: number | undefined) => (time === undefined ? undefined : time - faultAt);
  const ended = later.find(({ pod }) => isOver(before, runOf(pod, container)));
  if (ended === undefined) return none;
  const again = later.find(({ pod }) => isNext(before, runOf(pod, container)));
  const ready = again && later.find((state) => state.at >= again.at && state.pod.ready);
  const goneAt = since(ended.at);
  if (again === undefined) return { ...none, leavingAt: goneAt, goneAt };
  const startedAt = again.at - faultAt;
  const replacement = { name, uid, createdAt: startedAt, scheduledAt: startedAt, startedAt };
  return { ...none, leavingAt: goneAt, goneAt, replacement: { ...replacement, readyAt: since(ready?.at) } };
}

function runOf(pod: PodState | undefined, container: string | undefined): ContainerState | undefined {
  return pod?.containers.find(({ name }) => name === (container ?? name));
}

function isOver(before: ContainerState | undefined, now: ContainerState | undefined): boolean {
  return now === undefined || !now.running || isNext(before, now);
}

function isNext(before: ContainerState | undefined, now: ContainerState | undefined): boolean {
  if (now === undefined || !now.running) return false;
  return now.restarts > (before?.restarts ?? 0) || now.startedAt !== before?.startedAt;
}
