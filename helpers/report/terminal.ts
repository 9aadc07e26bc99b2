import { createColors } from 'picocolors';
import { consequencesOf, entriesOf, outcomesByUrgency, checksOf, type Entry } from './order.ts';
import { countsText, simulationNotice, targetText, waiverText } from './text.ts';
import type { Look } from './look.ts';
import { labelled, wrap } from './wrap.ts';
import { subjectText } from '../verdict/finding.ts';
import type { Results } from './results.ts';

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
    target?.simulation === true
      ? colours.dim(`This was an ${simulationNotice}. It says nothing of a real deployment.`)
      : undefined,
    [
      ...(judged ? [countsText(results.counts, outcomesByUrgency) + skippedBecause(results)] : []),
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
    entriesOf(results, 'fail'),
    ({ check, finding }) => `${check.code} ${finding.remedy ?? check.remedy}`,
  );
  const unjudged = Map.groupBy(entriesOf(results, 'inconclusive'), ({ finding }) => finding.observed);
  const { red, yellow } = createColors(look.colours);
  return [
    ...[...failed.values()].map((entries) => problemText(results, entries, red('✗'), look)),
    ...[...unjudged.values()].map((entries) => problemText(results, entries, yellow('?'), look)),
  ];
}

/** More than these findings of one problem are only named. */
const shownInFull = 2;
const namedAtMost = 8;

function problemText(results: Results, entries: readonly Entry[], mark: string, look: Look): string {
  const { bold, dim } = createColors(look.colours);
  const [first] = entries;
  if (first === undefined) return '';
  const say = (label: string, text: string) => labelled(`    ${dim(label.padEnd(10))}`, 14, text, look.width);
  const codes = [...new Set(entries.map(({ check }) => check.code))];
  const title = codes.length === 1 ? `${first.check.code} ${first.check.title}` : list(codes);
  const full = codes.length === 1 ? entries.slice(0, shownInFull) : [first];
  const others = codes.length === 1 ? entries.slice(shownInFull) : [];
  const following = entries.flatMap((entry) => consequencesOf(results, entry));
  return [
    labelled(`${mark} `, 2, bold(title), look.width),
    ...full.flatMap(({ finding }) => [
      `  ${bold(subjectText(finding.subject))}`,
      say('observed', finding.observed),
      ...(finding.evidence ?? []).map(({ at, text }) => say('seen', `${at}: ${text}`)),
      ...(finding.expected === undefined || codes.length > 1 ? [] : [say('expected', finding.expected)]),
    ]),
    ...(others.length === 0
      ? []
      : [labelled('  and ', 6, list(others.map(({ finding }) => subjectText(finding.subject))), look.width)]),
    say('do', first.finding.remedy ?? first.check.remedy),
    ...(following.length === 0
      ? []
      : [
          say(
            'so also',
            list(following.map(({ check, finding }) => `${check.code} ${subjectText(finding.subject)}`)),
          ),
        ]),
  ].join('\n');
}

function list(names: readonly string[]): string {
  const rest = names.length - namedAtMost;
  return rest > 1 ? `${names.slice(0, namedAtMost).join(', ')} and ${rest} more` : names.join(', ');
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
