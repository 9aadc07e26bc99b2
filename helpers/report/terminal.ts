import { createColors } from 'picocolors';
import { causesOf, checksOf, consequencesOf, entriesOf, outcomesByUrgency, type Entry } from './order.ts';
import { countsText, simulationNotice, targetText, waiverText } from './text.ts';
import type { Look } from './look.ts';
import { labelled, wrap } from './wrap.ts';
import { subjectText } from '../verdict/finding.ts';
import type { Results } from './results.ts';
import { shortTimelineText } from './timeline-text.ts';

/** The verdict that a person reads: the problem first, its remedy with it, then where the reports lie. */
export function terminalVerdict(results: Results, look: Look): string {
  const colours = createColors(look.colours);
  const { target, problem } = results;
  const judged = results.checks.length > 0;
  const blocks = [
    headline(results, judged, look),
    problem === undefined
      ? undefined
      : wrap(judged ? `The run did not reach its end: ${problem.message}` : problem.message, look.width),
    ...problems(results, look),
    remarks(results, look),
    ...timelines(results, look),
    target?.simulation === true
      ? colours.dim(`This was an ${simulationNotice}. It says nothing of a real deployment.`)
      : undefined,
    [
      ...(judged
        ? [wrap(countsText(results.counts, outcomesByUrgency) + skippedBecause(results), look.width)]
        : []),
      `Reports: ${colours.bold(results.run.folder)} (junit.xml, results.json, summary.md)`,
    ].join('\n'),
  ];
  return `\n${blocks.filter((block) => block !== undefined).join('\n\n')}\n`;
}

function headline({ verdict, target }: Results, judged: boolean, { colours, width }: Look): string {
  const { bold, black, white, bgGreen, bgRed, bgYellow } = createColors(colours);
  const dress = {
    pass: (text: string) => bgGreen(black(text)),
    fail: (text: string) => bgRed(white(text)),
    inconclusive: (text: string) => bgYellow(black(text)),
  }[verdict];
  const word = judged ? ` ${verdict.toUpperCase()} ` : ' NOT JUDGED ';
  if (target === undefined) return dress(word);
  return labelled(`${dress(word)} `, word.length + 1, bold(targetText(target)), width);
}

/** Findings of one check that ask for the same thing to be done are one problem; so are many checks with one reason. */
function problems(results: Results, look: Look): readonly string[] {
  const failed = Map.groupBy(
    causesOf(results, 'fail'),
    ({ check, finding }) => `${check.code} ${finding.remedy ?? check.remedy}`,
  );
  const unjudged = Map.groupBy(causesOf(results, 'inconclusive'), ({ finding }) => finding.observed);
  const { red, yellow } = createColors(look.colours);
  return [
    ...[...failed.values()].map((entries) => problemText(results, entries, red('✗'), look)),
    ...[...unjudged.values()].map((entries) => problemText(results, entries, yellow('?'), look)),
  ];
}

/** Findings of one problem after the first: these get a line each, the rest are named. */
const shownBriefly = 3;
const namedAtMost = 8;

function problemText(results: Results, entries: readonly Entry[], mark: string, look: Look): string {
  const { bold, dim } = createColors(look.colours);
  const [first, ...others] = entries;
  if (first === undefined) return '';
  const { check, finding } = first;
  const codes = [...new Set(entries.map((entry) => entry.check.code))];
  const oneCheck = codes.length === 1;
  const say = (label: string, text: string) => labelled(`    ${dim(label.padEnd(10))}`, 14, text, look.width);
  const brief = oneCheck ? others.slice(0, shownBriefly) : [];
  const rest = oneCheck ? others.slice(shownBriefly).map((entry) => subjectText(entry.finding.subject)) : [];
  const following = entries
    .flatMap((entry) => consequencesOf(results, entry))
    .map((entry) => `${entry.check.code} ${subjectText(entry.finding.subject)}`);
  return [
    labelled(`${mark} `, 2, bold(oneCheck ? `${check.code} ${check.title}` : list(codes)), look.width),
    `  ${bold(subjectText(finding.subject))}`,
    say('observed', finding.observed),
    ...(finding.evidence ?? []).map(({ at, text }) => say('seen', `${at}: ${text}`)),
    ...(finding.expected !== undefined && oneCheck ? [say('expected', finding.expected)] : []),
    ...brief.flatMap((entry) => [
      `  ${bold(subjectText(entry.finding.subject))}`,
      say('observed', entry.finding.observed),
    ]),
    ...(rest.length > 0 ? [labelled('  and ', 6, list(rest), look.width)] : []),
    say('do', finding.remedy ?? check.remedy),
    ...(following.length > 0 ? [say('causes', list(following))] : []),
  ].join('\n');
}

function list(names: readonly string[]): string {
  const rest = names.length - namedAtMost;
  return rest > 1 ? `${names.slice(0, namedAtMost).join(', ')} and ${rest} more` : names.join(', ');
}

/** What each fault did, each operation in a line. */
function timelines({ experiments = [] }: Results, { colours }: Look): readonly (string | undefined)[] {
  const { bold } = createColors(colours);
  return experiments.map((experiment) => {
    const [title = '', ...lines] = shortTimelineText(experiment).split('\n');
    return title === '' ? undefined : [bold(title), ...lines].join('\n');
  });
}

/** One line for all that a check has to say of one outcome; the reports hold each finding. */
function remarks(results: Results, look: Look): string | undefined {
  const { yellow, cyan } = createColors(look.colours);
  const line = (mark: string, text: string) => labelled(`${mark} `, 2, text, look.width);
  const byCheck = (outcome: 'warn' | 'waived') =>
    [...Map.groupBy(entriesOf(results, outcome), ({ check }) => check.code).values()].flatMap((entries) => {
      const [first] = entries;
      if (first === undefined) return [];
      const more = entries.length > 1 ? ` (and ${entries.length - 1} more such)` : '';
      return [{ ...first, about: `${first.check.code} ${subjectText(first.finding.subject)}`, more }];
    });
  const lines = [
    ...byCheck('warn').map(({ about, finding, more }) =>
      line(yellow('!'), `${about}: ${finding.observed}${more}`),
    ),
    ...byCheck('waived').map(({ about, finding, more }) =>
      line(
        cyan('~'),
        `${about}: waived: ${finding.waiver === undefined ? '' : waiverText(finding.waiver)}${more}`,
      ),
    ),
    ...results.ineffectiveWaivers.map(({ code, subject, problem }) =>
      line(yellow('!'), `waiver ${code} ${subject}: ${problem}`),
    ),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** ` (12 with "no workload was run")`, for the reasons that explain the skipped checks. */
function skippedBecause(results: Results): string {
  const skipped = checksOf(results, 'skipped');
  if (skipped.length === 0) return '';
  const reasons = [...new Set(skipped.map(({ findings }) => findings[0]?.observed ?? ''))];
  return reasons.length === 1 ? ` (skipped: ${reasons[0]})` : ' (why each was skipped: summary.md)';
}
