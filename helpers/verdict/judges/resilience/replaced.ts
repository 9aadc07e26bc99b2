import { inSeconds } from '../../../resilience/in-seconds.ts';
import type { PodCourse, Timeline } from '../../../resilience/timeline.ts';
import { fail, pass } from '../../outcomes.ts';
import { countOf } from '../round-trip/key-ranges.ts';
import { experimentJudge } from './frame.ts';

/** RES-310. */
export const podsAreReplaced = experimentJudge(({ experiment, timeline, subject }) => {
  const budgetMs = experiment.plan.budgets.pods;
  const courses = lastCourses(timeline);
  const troubles = courses.flatMap((course) => {
    const text = whatIsMissing(course, timeline.watchedMs) ?? lateness(course, budgetMs);
    return text === undefined ? [] : [{ course, text }];
  });
  const [first] = troubles;
  if (first === undefined) {
    const last = courses.reduce((latest, { replacement }) => Math.max(latest, replacement?.readyAt ?? 0), 0);
    const pods = courses.length === 1 ? 'pod' : 'pods, each';
    return [
      pass(
        subject,
        `${courses.length} struck ${pods} replaced and Ready, ${inSeconds(last)} after the fault.`,
      ),
    ];
  }
  const budget = budgetMs === undefined ? '' : ` within ${inSeconds(budgetMs)}`;
  return [
    fail(subject, {
      observed: `Of ${countOf(courses.length, 'struck pod')} ${troubles.length} did not come back as it must: ${first.text}`,
      expected: `Each struck pod is replaced and Ready${budget} of the fault.`,
      evidence: troubles.map(({ course, text }) => ({ at: `Pod/${course.old.name}`, text })),
    }),
  ];
});

/** Those whose replacement was not struck again. */
function lastCourses({ pods }: Timeline): readonly PodCourse[] {
  const struck = new Set(pods.map(({ old }) => old.uid));
  return pods.filter(({ old, replacement }) => {
    const next = replacement?.uid;
    return next === undefined || next === old.uid || !struck.has(next);
  });
}

/** How far the replacement came by the end, where it did not come to be Ready. */
function whatIsMissing(
  { old, leavingAt, goneAt, replacement }: PodCourse,
  watchedMs: number,
): string | undefined {
  const by = `by the end, ${inSeconds(watchedMs)} after the fault`;
  if (replacement === undefined) {
    if (goneAt !== undefined)
      return `${old.name} was gone at ${inSeconds(goneAt)}, and no pod took its place ${by}.`;
    return leavingAt === undefined
      ? `${old.name} was not seen to go ${by}.`
      : `${old.name} is being deleted since ${inSeconds(leavingAt)} and was not gone ${by}.`;
  }
  const { name, createdAt, scheduledAt, startedAt, readyAt } = replacement;
  const made = `${name} was created at ${inSeconds(createdAt)}`;
  if (readyAt !== undefined) return undefined;
  if (scheduledAt === undefined) return `${made} and was put on no node ${by}.`;
  if (startedAt === undefined) return `${made}, and its container did not start ${by}.`;
  return `${made}, started at ${inSeconds(startedAt)}, and was not Ready ${by}.`;
}

function lateness({ replacement }: PodCourse, budgetMs: number | undefined): string | undefined {
  const readyAt = replacement?.readyAt;
  if (readyAt === undefined || budgetMs === undefined || readyAt <= budgetMs) return undefined;
  return `${replacement?.name} was Ready ${inSeconds(readyAt)} after the fault; its budget is ${inSeconds(budgetMs)}.`;
}
