import { subjectText, type CodedFinding, type Subject } from '../verdict/finding.ts';
import type { CheckResult, Results } from './results.ts';

type Target = NonNullable<Results['target']>;

/** Said on every page about the embedded cluster. */
export const simulationNotice = 'embedded cluster: a simulation';

/** A finding as a judge gave it, or as `results.json` holds it. */
type AnyFinding = Omit<CodedFinding, 'code' | 'followsFrom'> & {
  readonly followsFrom?: { readonly code: string; readonly subject: Subject };
};

/** One finding in full, as plain lines. */
export function findingText(check: { readonly remedy: string }, finding: AnyFinding): string {
  const lines = [`${subjectText(finding.subject)}: ${finding.observed}`];
  if (finding.expected !== undefined) lines.push(`expected: ${finding.expected}`);
  if (finding.waiver !== undefined) lines.push(`waived: ${waiverText(finding.waiver)}`);
  if (finding.followsFrom !== undefined) {
    lines.push(`follows from: ${finding.followsFrom.code} ${subjectText(finding.followsFrom.subject)}`);
  }
  for (const { at, text } of finding.evidence ?? []) lines.push(`seen: ${at}: ${text}`);
  if (finding.outcome !== 'pass' && finding.outcome !== 'skipped') {
    lines.push(`what to do: ${finding.remedy ?? check.remedy}`);
  }
  return lines.join('\n');
}

export function waiverText({ reason, expires, maxSeconds }: NonNullable<CodedFinding['waiver']>): string {
  const bounds = [
    ...(maxSeconds === undefined ? [] : [`up to ${maxSeconds} s`]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ];
  return bounds.length === 0 ? reason : `${reason} (${bounds.join(', ')})`;
}

/** Where the objects came from: `context kind-dev`, `embedded cluster: a simulation (layout woodpecker)`. */
export function sourceText(source: Target['source']): string {
  switch (source.kind) {
    case 'cluster':
      return `context ${source.context}, Kubernetes ${source.kubernetes}`;
    case 'embedded':
      return `${simulationNotice} (${source.layout})`;
    case 'recording':
      return `recording ${source.name}`;
    case 'manifest':
      return `manifest ${source.file}`;
  }
}

/** The deployment in one phrase: `my-release (Milvus 2.6.2, log: woodpecker) in namespace milvus, context kind-dev`. */
export function targetText(target: Target): string {
  const { instance, namespace } = target;
  if (instance === undefined) return `namespace ${namespace}, ${sourceText(target.source)}`;
  const facts = [
    instance.version === undefined ? 'Milvus' : `Milvus ${instance.version}`,
    instance.mode,
    ...(instance.logType === undefined ? [] : [`log in ${instance.logType}`]),
  ];
  return `${instance.name} (${facts.join(', ')}) in namespace ${namespace}, ${sourceText(target.source)}`;
}

const nouns: Readonly<Record<CheckResult['outcome'], (count: number) => string>> = {
  fail: (count) => `${count} failed`,
  inconclusive: (count) => `${count} inconclusive`,
  warn: (count) => `${count} ${count === 1 ? 'warning' : 'warnings'}`,
  waived: (count) => `${count} waived`,
  skipped: (count) => `${count} skipped`,
  pass: (count) => `${count} passed`,
};

/** `2 failed, 1 warning, 40 passed`; outcomes that did not occur are left out. */
export function countsText(counts: Results['counts'], order: readonly CheckResult['outcome'][]): string {
  const present = order.filter((outcome) => counts[outcome] > 0);
  return present.length === 0
    ? 'no check was run'
    : present.map((outcome) => nouns[outcome](counts[outcome])).join(', ');
}
