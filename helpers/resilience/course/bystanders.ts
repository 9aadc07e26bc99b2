import type { PodState } from '../../workload/history.ts';
import type { PodCourse, Timeline } from '../timeline.ts';
import { type PodLife, stateAt } from './pod-lives.ts';
import type { Struck } from './struck.ts';

interface Facts {
  readonly lives: ReadonlyMap<string, PodLife>;
  readonly struck: readonly Struck[];
  readonly pods: readonly PodCourse[];
  /** ms of the history. */
  readonly faultAt: number;
}

/** Pods that were neither struck nor took the place of one that was, and of which a container restarted since. */
export function bystandersOf({ lives, struck, pods, faultAt }: Facts): Timeline['bystanders'] {
  const concerned = new Set([
    ...struck.map(({ uid }) => uid),
    ...pods.flatMap(({ replacement }) => (replacement === undefined ? [] : [replacement.uid])),
  ]);
  return [...lives.values()].flatMap((life) => {
    const last = life.states.at(-1)?.pod;
    if (last === undefined || concerned.has(last.uid)) return [];
    const restarts = restartsOf(last) - restartsOf(stateAt(life, faultAt));
    return restarts > 0 ? [{ pod: last.name, part: last.part, restarts }] : [];
  });
}

function restartsOf(pod: PodState | undefined): number {
  return (pod?.containers ?? []).reduce((sum, { restarts }) => sum + restarts, 0);
}
