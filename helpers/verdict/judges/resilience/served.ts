import { awayMs } from '../../../resilience/away.ts';
import { inSeconds } from '../../../resilience/in-seconds.ts';
import type { Budgets } from '../../../resilience/scenario.ts';
import type { ProbeCourse, Timeline } from '../../../resilience/timeline.ts';
import type { Evidence } from '../../finding.ts';
import { fail, pass } from '../../outcomes.ts';
import { countOf } from '../round-trip/key-ranges.ts';
import { experimentJudge } from './frame.ts';

/** RES-410. Outages and wrong answers count together; what lies between two outages does not. */
export const operationsComeBack = experimentJudge(({ experiment, timeline, subject }) => {
  const { budgets } = experiment.plan;
  const late = timeline.probes.flatMap((course) => {
    const text = lateness(course, timeline, budgets);
    return text === undefined ? [] : [{ course, text }];
  });
  if (late.length === 0) {
    const away = timeline.probes.filter((course) => awayMs(course, timeline.watchedMs) > 0);
    if (away.length === 0) return [pass(subject, 'No operation was away for a moment.')];
    const texts = away.map((course) => `${course.probe} ${inSeconds(awayMs(course, timeline.watchedMs))}`);
    return [pass(subject, `Away, each within its budget: ${texts.join(', ')}.`)];
  }
  return [
    fail(subject, {
      observed: `${late.map(({ text }) => text).join('; ')}.`,
      expected: 'Each operation is served again, and rightly, within its budget.',
      evidence: late.flatMap(({ course }) => outagesOf(course)),
    }),
  ];
});

function lateness(course: ProbeCourse, timeline: Timeline, budgets: Budgets): string | undefined {
  const { probe, rightAgainAt, outages } = course;
  const away = awayMs(course, timeline.watchedMs);
  const budgetMs = budgets[probe];
  if (rightAgainAt === undefined) {
    const last = outages.at(-1)?.errors.at(-1)?.text;
    const why = last === undefined ? '' : ` (last: ${last})`;
    return `${probe} was not right again by the end, ${inSeconds(timeline.watchedMs)} after the fault${why}`;
  }
  if (budgetMs === undefined || away <= budgetMs) return undefined;
  return `${probe} was away for ${inSeconds(away)} in all, and may be for ${inSeconds(budgetMs)}`;
}

/** Outages of one operation that a finding quotes. */
const shown = 3;

function outagesOf({ probe, outages, wrong }: ProbeCourse): readonly Evidence[] {
  const spans = outages.slice(0, shown).map(({ from, until, failures, errors }) => ({
    at: placeOf(probe, from, until),
    text: `${countOf(failures, 'call')} failed: ${errors.map(({ text }) => text).join('; ')}`,
  }));
  const windows = wrong.slice(0, shown).map(({ from, until, answers, first }) => ({
    at: placeOf(probe, from, until),
    text: `${countOf(answers, 'wrong answer')} with code Success, first: ${first.text}`,
  }));
  return [...spans, ...windows];
}

function placeOf(probe: string, from: number, until: number | undefined): string {
  return `${probe}, ${inSeconds(from)} to ${until === undefined ? 'the end' : inSeconds(until)} after the fault`;
}
