import {
  errorLines,
  operationHead,
  operationRow,
  podHead,
  podRow,
  preface,
  remarks,
} from './timeline-parts.ts';
import type { ExperimentResult, TimelineResult } from './timeline-results.ts';

/** What a fault did, as plain text: pods, operations, and what was answered in each outage. */
export function timelineText(experiment: ExperimentResult): string {
  const { timeline } = experiment;
  const blocks = [preface(experiment), ...(timeline === undefined ? [] : timelineBlocks(timeline))];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** The same without what was answered: for a terminal. */
export function shortTimelineText(experiment: ExperimentResult): string {
  const { timeline } = experiment;
  if (timeline === undefined) return '';
  const [pods = '', operations = ''] = timelineBlocks(timeline);
  return [`${experiment.name}: what happened since the fault`, '', pods, '', operations].join('\n');
}

function timelineBlocks(timeline: TimelineResult): readonly string[] {
  return [
    inColumns([podHead, ...timeline.pods.map(podRow)]),
    inColumns([operationHead, ...alike(timeline.probes.map(operationRow))]),
    timeline.probes.flatMap((probe) => errorLines(probe)).join('\n'),
    remarks(timeline).join('\n'),
  ];
}

/** Operations that fared alike in one line. */
function alike(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const groups = Map.groupBy(rows, ([, ...cells]) => cells.join('\t'));
  return [...groups.values()].map((group) => {
    const [, ...cells] = group[0] ?? [];
    return [group.map(([name]) => name).join(', '), ...cells];
  });
}

/** Columns as wide as what is in them; a cell may have several lines. */
function inColumns(rows: readonly (readonly string[])[]): string {
  const lines = rows.flatMap(linesOf);
  const [head = []] = lines;
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

function linesOf(row: readonly string[]): readonly (readonly string[])[] {
  const cells = row.map((cell) => cell.split('\n'));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => cells.map((each) => each[line] ?? ''));
}
