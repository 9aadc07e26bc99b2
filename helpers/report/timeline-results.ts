import { z } from 'zod';
import { awayMs } from '../resilience/away.ts';
import { experimentName, type Experiment } from '../resilience/experiment.ts';
import { budgetNames } from '../resilience/scenario.ts';
import { timelineOf } from '../resilience/timeline-of.ts';
import type { ProbeCourse, Timeline } from '../resilience/timeline.ts';
import { loadLevels } from '../workload/load/contract.ts';
import { probes } from '../workload/load/record.ts';

const at = z.number().describe('ms since the fault began.');

const outage = z.strictObject({
  from: at,
  until: at.exactOptional().describe('Absent: it lasted to the end.'),
  failures: z.number().int(),
  errors: z.array(z.strictObject({ text: z.string(), count: z.number().int(), firstAt: at })),
});

const wrongWindow = z.strictObject({
  from: at,
  until: at.exactOptional().describe('Absent: no right answer came after it.'),
  answers: z.number().int(),
  first: z.strictObject({ operation: z.number().int(), text: z.string() }),
});

const probe = z.strictObject({
  probe: z.enum(probes),
  before: z.strictObject({
    calls: z.number().int(),
    right: z.number().int(),
    rightInARow: z.number().int(),
  }),
  calls: z.number().int(),
  awayMs: z.number().describe('Outages and wrong answers together.'),
  budgetMs: z.number().exactOptional(),
  firstFailureAt: at.exactOptional(),
  firstSuccessAt: at.exactOptional(),
  rightAgainAt: at.exactOptional().describe('Absent: it was not by the end.'),
  outages: z.array(outage),
  wrong: z.array(wrongWindow),
});

const pod = z.strictObject({
  part: z.string(),
  old: z.strictObject({ name: z.string(), uid: z.string() }),
  leavingAt: at.exactOptional(),
  goneAt: at.exactOptional(),
  replacement: z
    .strictObject({
      name: z.string(),
      uid: z.string(),
      createdAt: at,
      scheduledAt: at.exactOptional(),
      startedAt: at.exactOptional(),
      readyAt: at.exactOptional(),
    })
    .exactOptional(),
});

const timeline = z.strictObject({
  faultAt: z.number().describe('ms since the start of its history.'),
  watchedMs: z.number().describe('From the fault to the end of the load.'),
  pods: z.array(pod),
  probes: z.array(probe),
  lag: z.strictObject({ longestMs: z.number(), over100Ms: z.number().int() }),
  watchCuts: z
    .array(z.strictObject({ from: at, until: at.exactOptional() }))
    .describe('When the watch of the pods was cut: what changed meanwhile was told late.'),
  bystanders: z.array(z.strictObject({ pod: z.string(), part: z.string(), restarts: z.number().int() })),
});

/** One experiment in `results.json`. */
export const experimentSchema = z.strictObject({
  name: z.string().describe('Of the scenario, with its number where it was repeated.'),
  scenario: z.string(),
  summary: z.string(),
  repetition: z.number().int(),
  seed: z.number(),
  load: z.enum(loadLevels),
  replicasStay: z.boolean().describe('Whether a ready pod of each struck workload was left.'),
  budgetsMs: z.partialRecord(z.enum(budgetNames), z.number()),
  timeline: timeline.exactOptional().describe('Absent where no fault was begun.'),
});

export type ExperimentResult = z.infer<typeof experimentSchema>;
export type TimelineResult = z.infer<typeof timeline>;
export type ProbeResult = z.infer<typeof probe>;

export function experimentResultOf(experiment: Experiment): ExperimentResult {
  const { scenario, repetition, load, replicasStay, budgets } = experiment.plan;
  const course = timelineOf(experiment);
  return {
    name: experimentName(experiment.plan),
    scenario: scenario.name,
    summary: scenario.summary,
    repetition,
    seed: load.seed,
    load: load.level,
    replicasStay,
    budgetsMs: budgets,
    ...(course !== undefined && { timeline: timelineResult(course, budgets) }),
  };
}

function timelineResult(
  { pods, probes: courses, watchCuts, bystanders, ...rest }: Timeline,
  budgets: ExperimentResult['budgetsMs'],
): TimelineResult {
  return {
    ...rest,
    pods: pods.map(({ replacement, ...course }) => ({
      ...known(course),
      ...(replacement !== undefined && { replacement: known(replacement) }),
    })),
    probes: courses.map((course) => ({
      ...probeResult(course),
      awayMs: awayMs(course, rest.watchedMs),
      ...known({ budgetMs: budgets[course.probe] }),
    })),
    watchCuts: watchCuts.map((cut) => known(cut)),
    bystanders: [...bystanders],
  };
}

function probeResult({ outages, wrong, ...course }: ProbeCourse) {
  return {
    ...known(course),
    outages: outages.map(({ errors, ...each }) => ({ ...known(each), errors: [...errors] })),
    wrong: wrong.map((each) => known(each)),
  };
}

/** JSON has no undefined: what is not known is left out. */
type Known<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

function known<T extends object>(record: T): Known<T>;
function known(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
