import type { History } from '../workload/history.ts';
import { bystandersOf } from './course/bystanders.ts';
import { judgedCalls } from './course/judged-calls.ts';
import { podCourses } from './course/pod-courses.ts';
import { podLives } from './course/pod-lives.ts';
import { probeCourse } from './course/probe-course.ts';
import type { Experiment } from './experiment.ts';
import { struckIn } from './course/struck.ts';
import type { Timeline } from './timeline.ts';

/**
 * What a fault did, computed from the history; in time linear in it, but for sorting what came out of order.
 * Undefined where no fault was begun. Computed once for each history.
 */
export function timelineOf(experiment: Experiment): Timeline | undefined {
  const { history } = experiment;
  if (!timelines.has(history)) timelines.set(history, computed(experiment));
  return timelines.get(history);
}

const timelines = new WeakMap<History, Timeline | undefined>();

function computed(experiment: Experiment): Timeline | undefined {
  const { history, plan } = experiment;
  const faultAt = timeOf(history, ({ kind, step }) => kind === 'fault' && step === 'begin');
  if (faultAt === undefined) return undefined;
  const struck = struckIn(history.events);
  const lives = podLives(history.events);
  const pods = podCourses({ plan, struck, lives, faultAt });
  const loadAt = timeOf(history, ({ kind, phase }) => kind === 'phase' && phase === 'steady') ?? 0;
  return {
    faultAt,
    watchedMs: endOfLoad(history) - faultAt,
    pods,
    probes: judgedCalls(experiment).map((calls) => probeCourse(calls, { loadAt, faultAt })),
    lag: lagOf(history, faultAt),
    watchCuts: watchCutsOf(history, faultAt),
    bystanders: bystandersOf({ lives, struck, pods, faultAt }),
  };
}

interface Mark {
  readonly kind: string;
  readonly step?: string;
  readonly phase?: string;
}

function timeOf({ events }: History, isIt: (happening: Mark) => boolean): number | undefined {
  return events.find(({ happening }) => isIt(happening))?.at;
}

/** When the last look began, or the last thing happened. */
function endOfLoad(history: History): number {
  const verifyAt = timeOf(history, ({ kind, phase }) => kind === 'phase' && phase === 'verify');
  if (verifyAt !== undefined) return verifyAt;
  const lastEvent = history.events.at(-1)?.at ?? 0;
  return history.operations.reduce((last, { returnedAt }) => Math.max(last, returnedAt), lastEvent);
}

const worthCountingMs = 100;

function lagOf({ events }: History, faultAt: number): Timeline['lag'] {
  const lags = events.flatMap(({ at, happening }) =>
    happening.kind === 'lag' && at > faultAt ? [happening.lagMs] : [],
  );
  return {
    longestMs: lags.reduce((longest, lag) => Math.max(longest, lag), 0),
    over100Ms: lags.filter((lag) => lag > worthCountingMs).length,
  };
}

function watchCutsOf({ events }: History, faultAt: number): Timeline['watchCuts'] {
  const cuts: { readonly from: number; until: number | undefined }[] = [];
  for (const { at, happening } of events) {
    if (happening.kind !== 'watch') continue;
    const last = cuts.at(-1);
    const isCut = last !== undefined && last.until === undefined;
    if (happening.state === 'cut' && !isCut) cuts.push({ from: at - faultAt, until: undefined });
    if (happening.state === 'resumed' && isCut) last.until = at - faultAt;
  }
  return cuts.filter(({ until }) => until === undefined || until > 0);
}
