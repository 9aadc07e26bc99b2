import { inSeconds } from '../resilience/in-seconds.ts';
import type { ExperimentResult, ProbeResult, TimelineResult } from './timeline-results.ts';

type PodResult = TimelineResult['pods'][number];
type Spell = { readonly from: number; readonly until?: number };

const none = '-';

/** What was done, under what, in one paragraph. */
export function preface({ name, summary, load, seed, replicasStay, timeline }: ExperimentResult): string {
  const replicas = replicasStay
    ? 'Another replica of what was struck stayed.'
    : 'No other replica of what was struck stayed.';
  const watched =
    timeline === undefined
      ? 'No fault was begun.'
      : `Watched for ${inSeconds(timeline.watchedMs)} after the fault, which is at 0.`;
  return `${name}: ${summary}\nLoad ${load}, seed ${seed}. ${replicas} ${watched}`;
}

export const podHead = ['struck', 'gone', 'created', 'scheduled', 'started', 'Ready', 'pod'] as const;

export function podRow({ part, old, goneAt, replacement }: PodResult): readonly string[] {
  return [
    part,
    timeText(goneAt),
    timeText(replacement?.createdAt),
    timeText(replacement?.scheduledAt),
    timeText(replacement?.startedAt),
    timeText(replacement?.readyAt),
    `${old.name}, ${replacementText(old, replacement)}`,
  ];
}

/** Names of one ReplicaSet differ in their last part only. */
function replacementText(old: PodResult['old'], replacement: PodResult['replacement']): string {
  if (replacement === undefined) return 'not replaced';
  if (replacement.uid === old.uid) return 'its container anew';
  if (replacement.name === old.name) return 'then one of the same name';
  const common = old.name.slice(0, old.name.lastIndexOf('-') + 1);
  const { name } = replacement;
  return `then ${name.startsWith(common) ? `…${name.slice(common.length - 1)}` : name}`;
}

export const operationHead = [
  'operation',
  'away',
  'budget',
  'not served',
  'answered wrongly',
  'right again',
] as const;

/** Spells of the operation are lines of one cell. */
export function operationRow({
  probe,
  awayMs,
  budgetMs,
  outages,
  wrong,
  rightAgainAt,
}: ProbeResult): readonly string[] {
  const failures = (calls: number) => `${calls} failed`;
  return [
    probe,
    awayMs === 0 ? 'never' : inSeconds(awayMs),
    timeText(budgetMs),
    spellsText(outages, (outage) => failures(outage.failures)),
    spellsText(wrong, (window) => `${window.answers} wrong`),
    rightAgainAt === undefined ? 'NOT BY THE END' : rightAgainAt === 0 ? 'always' : inSeconds(rightAgainAt),
  ];
}

/** Spells of one operation that a table has room for. */
const shown = 3;

function spellsText<T extends Spell>(spells: readonly T[], count: (spell: T) => string): string {
  if (spells.length === 0) return none;
  const texts = spells.slice(0, shown).map((spell) => `${spanText(spell)} (${count(spell)})`);
  const more = spells.length - shown;
  return [...texts, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function spanText({ from, until }: Spell): string {
  return `${seconds(from)} to ${until === undefined ? 'the end' : inSeconds(until)}`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

function timeText(milliseconds: number | undefined): string {
  return milliseconds === undefined ? none : inSeconds(milliseconds);
}

/** Outages, and kinds of errors in one, that a list has room for. */
const listed = 10;

/** What was answered in each outage, in order, and the first wrong answer of each window. */
export function errorLines({ probe, outages, wrong }: ProbeResult): readonly string[] {
  const failed = outages
    .slice(0, listed)
    .flatMap((outage) => [`  ${probe} failed from ${spanText(outage)}:`, ...linesOfErrors(outage.errors)]);
  const erred = wrong.slice(0, listed).map(({ first, answers, ...window }) => {
    return `  ${probe} answered Success and was wrong ${timesText(answers)} from ${spanText(window)}; the first, operation ${first.operation}: ${first.text}`;
  });
  const more = Math.max(0, outages.length - listed) + Math.max(0, wrong.length - listed);
  return [...failed, ...erred, ...(more > 0 ? [`  ${probe}: ${more} more of these, in results.json`] : [])];
}

function linesOfErrors(errors: ProbeResult['outages'][number]['errors']): readonly string[] {
  const lines = errors
    .slice(0, listed)
    .map(
      ({ text, count, firstAt }) =>
        `    ${inSeconds(firstAt).padStart(8)}  ${`${count} x`.padStart(6)}  ${text}`,
    );
  const more = errors.length - listed;
  return more > 0 ? [...lines, `    and ${more} other kinds of errors, in results.json`] : lines;
}

function timesText(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** What else a reader must know to trust the figures. */
export function remarks({ lag, watchCuts, bystanders }: TimelineResult): readonly string[] {
  const often = lag.over100Ms === 0 ? '' : `, ${timesText(lag.over100Ms)} for more than 0.1 s`;
  return [
    ...bystanders.map(
      ({ pod, part, restarts }) => `  Restarted without being struck: ${pod} (${part}), ${restarts} x`,
    ),
    ...watchCuts.map(
      (cut) => `  The watch of the pods was cut from ${spanText(cut)}: what changed meanwhile is told late.`,
    ),
    `  This tool itself stood still for ${inSeconds(lag.longestMs)} at most${often}.`,
  ];
}
