import { causesOf, checksOf, consequencesOf, entriesOf, outcomesByUrgency, type Entry } from './order.ts';
import { countsText, simulationNotice, targetText, waiverText } from './text.ts';
import { subjectText } from '../verdict/finding.ts';
import type { Results } from './results.ts';
import {
  errorLines,
  operationHead,
  operationRow,
  podHead,
  podRow,
  preface,
  remarks,
} from './timeline-parts.ts';

const headings = { pass: '✅ Pass', fail: '❌ Fail', inconclusive: '❓ Inconclusive' } as const;

/** Bytes of `summary.md`, for a pull request: the verdict first, then what to act on, then what was not judged. */
export function summaryMarkdown(results: Results): string {
  const { target, problem, counts, run } = results;
  const sections = [
    `# ${headings[results.verdict]}${target === undefined ? '' : `: ${target.instance?.name ?? target.namespace}`}`,
    target === undefined ? undefined : escape(targetText(target)),
    target?.simulation === true ? `> ${simulationNotice}. Nothing real was judged.` : undefined,
    `${countsText(counts, outcomesByUrgency)}.`,
    problem === undefined ? undefined : `**The run did not reach its end:** ${escape(problem.message)}`,
    findingTable('What failed', results, 'fail'),
    findingTable('What could not be judged', results, 'inconclusive'),
    findingTable('Warnings', results, 'warn'),
    ...timelines(results),
    waived(results),
    ineffectiveWaivers(results),
    skipped(results),
    results.notSelected.length === 0
      ? undefined
      : `Left out by --only and --skip: ${results.notSelected.join(', ')}.`,
    `Run ${run.id}, ${(run.durationMs / 1000).toFixed(1)} s${run.readOnly ? ', read-only' : ''}.`,
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function findingTable(
  title: string,
  results: Results,
  outcome: 'fail' | 'inconclusive' | 'warn',
): string | undefined {
  const causes = causesOf(results, outcome);
  if (causes.length === 0) return undefined;
  const rows = [...Map.groupBy(causes, ({ check }) => check.code).values()].flatMap((ofOneCheck) => [
    ...ofOneCheck.slice(0, shown).map((entry) => findingRow(results, entry)),
    ...theRest(ofOneCheck.slice(shown)),
  ]);
  return [
    `## ${title}`,
    '',
    row(['Check', 'Object', 'Observed', 'Expected', 'What to do']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
  ].join('\n');
}

/** Findings of one check that are told whole; of the others only their objects. */
const shown = 3;

function findingRow(results: Results, entry: Entry): string {
  const { check, finding } = entry;
  return row([
    check.code,
    `\`${subjectText(finding.subject)}\``,
    observedCell(results, entry),
    escape(finding.expected ?? check.title),
    escape(finding.remedy ?? check.remedy),
  ]);
}

function theRest(entries: readonly Entry[]): readonly string[] {
  const [first] = entries;
  if (first === undefined) return [];
  const objects = entries.map(({ finding }) => `\`${subjectText(finding.subject)}\``).join(', ');
  return [row([first.check.code, `and ${entries.length} more`, objects, '', ''])];
}

function observedCell(results: Results, entry: Entry): string {
  const evidence = (entry.finding.evidence ?? []).map(({ at, text }) => `<br>${escape(`${at}: ${text}`)}`);
  const consequences = consequencesOf(results, entry);
  const following =
    consequences.length === 0
      ? ''
      : `<br>From this follow: ${consequences.map(({ check, finding }) => escape(`${check.code} ${subjectText(finding.subject)}`)).join(', ')}`;
  return `${escape(entry.finding.observed)}${evidence.join('')}${following}`;
}

/** A table for each experiment: what came of each operation, and of each pod. */
function timelines({ experiments = [] }: Results): readonly string[] {
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [head, head.map(() => '---'), ...rows].map((cells) => row(cells.map(escape))).join('\n');
  return experiments.flatMap((experiment) => {
    const { name, timeline } = experiment;
    const [, ...about] = preface(experiment).split('\n');
    const title = `## What happened: ${name}\n\n${escape(`${experiment.summary} ${about.join(' ')}`)}`;
    if (timeline === undefined) return [title];
    return [
      title,
      table(podHead, timeline.pods.map(podRow)),
      table(operationHead, timeline.probes.map(operationRow)),
      [...timeline.probes.flatMap(errorLines), ...remarks(timeline)].map((line) => `    ${line}`).join('\n'),
    ];
  });
}

function waived(results: Results): string | undefined {
  const entries = entriesOf(results, 'waived');
  if (entries.length === 0) return undefined;
  const rows = entries.map(({ check, finding }) => {
    const waiver = finding.waiver === undefined ? '' : escape(waiverText(finding.waiver));
    return row([check.code, `\`${subjectText(finding.subject)}\``, escape(finding.observed), waiver]);
  });
  const head = [row(['Check', 'Object', 'Observed', 'Waived because']), row(['---', '---', '---', '---'])];
  return ['## Waived', '', ...head, ...rows].join('\n');
}

function ineffectiveWaivers(results: Results): string | undefined {
  if (results.ineffectiveWaivers.length === 0) return undefined;
  const lines = results.ineffectiveWaivers.map(
    ({ code, subject, problem }) => `- ${code} \`${subject}\`: ${escape(problem)}`,
  );
  return ['## Waivers without effect', '', ...lines].join('\n');
}

function skipped(results: Results): string | undefined {
  const checks = checksOf(results, 'skipped');
  if (checks.length === 0) return undefined;
  const lines = checks.map(
    ({ code, title, findings }) => `- ${code} ${escape(title)} ${escape(findings[0]?.observed ?? '')}`,
  );
  return ['## Skipped', '', ...lines].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Keeps text from the cluster from becoming markup, table cells or lines of their own. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, '<br>');
}
