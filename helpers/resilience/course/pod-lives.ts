import type { HistoryEvent, PodState } from '../../workload/history.ts';

/** One pod as the watch showed it, from first to last; ms of the history. */
export interface PodLife {
  readonly uid: string;
  readonly states: readonly { readonly at: number; readonly pod: PodState }[];
  /** When it was seen to be gone: where the watch was cut meanwhile, when it went on. */
  readonly goneAt: number | undefined;
}

/** The life of every pod, by UID, in the order in which they were first seen. */
export function podLives(events: readonly HistoryEvent[]): ReadonlyMap<string, PodLife> {
  const lives = new Map<
    string,
    { uid: string; states: PodLife['states'][number][]; goneAt: number | undefined }
  >();
  for (const { at, happening } of events) {
    if (happening.kind !== 'pod') continue;
    const { pod, change } = happening;
    const life = lives.get(pod.uid) ?? { uid: pod.uid, states: [], goneAt: undefined };
    lives.set(pod.uid, life);
    if (change === 'deleted') life.goneAt ??= at;
    else life.states.push({ at, pod });
  }
  return lives;
}

/** Its last state up to a time; undefined where it was not there yet. */
export function stateAt({ states }: PodLife, at: number): PodState | undefined {
  return states.findLast((state) => state.at <= at)?.pod;
}
