import type { Topology } from '../topology/model.ts';
import { statementOf, type Code } from './catalogue.ts';
import { Causes } from './causes.ts';
import { subjectText, type CodedFinding, type Subject } from './finding.ts';
import { depth } from './reliance.ts';
import { instanceSubject, storeSubject } from './subjects.ts';

/** Health checks of what was deployed, not of how it runs: one image everywhere, the components of the version. */
const ofTheDeployment: ReadonlySet<Code> = new Set(['HLT-110', 'HLT-130']);

/**
 * Tells causes from consequences. A finding about something that cannot run because of another failing finding becomes
 * `skipped` and names that one in `followsFrom`; the cause stays `fail`. A waived cause is named too, but hides
 * nothing: what follows from it keeps its outcome.
 *
 * Causes are looked for from the claims upwards: claim, pod, workload, store, components, API, history. One that the
 * judge itself names comes first.
 */
export function attribute(findings: readonly CodedFinding[], topology: Topology): readonly CodedFinding[] {
  const causes = new Causes(topology);
  const consequences = new Map<CodedFinding, CodedFinding>();
  for (const finding of inOrderOfCause(findings.filter(isTrouble), topology)) {
    const relied = canFollow(finding) ? causes.of(subjectOf(finding, topology)) : undefined;
    const cause = namedCause(finding, findings) ?? relied;
    if (cause !== undefined) consequences.set(finding, asConsequence(finding, cause));
    else if (finding.outcome !== 'inconclusive' && finding.stops !== undefined) {
      causes.add(finding, finding.stops);
    }
  }
  return findings.map((finding) => consequences.get(finding) ?? finding);
}

/** The cause that the judge of a failing finding names, where that fails or is waived too. */
function namedCause(
  { outcome, followsFrom }: CodedFinding,
  findings: readonly CodedFinding[],
): CodedFinding | undefined {
  if (outcome !== 'fail' || followsFrom === undefined) return undefined;
  return findings.find(
    (other) =>
      other.code === followsFrom.code &&
      subjectText(other.subject) === subjectText(followsFrom.subject) &&
      (other.outcome === 'fail' || other.outcome === 'waived'),
  );
}

function isTrouble({ outcome }: CodedFinding): boolean {
  return outcome === 'fail' || outcome === 'inconclusive' || outcome === 'waived';
}

function inOrderOfCause(findings: readonly CodedFinding[], topology: Topology): readonly CodedFinding[] {
  return findings
    .map((finding) => ({ finding, level: levelOf(finding, topology) }))
    .toSorted((one, other) => one.level - other.level)
    .map(({ finding }) => finding);
}

function levelOf({ code, subject }: CodedFinding, topology: Topology): number {
  if (statementOf(code).needs === 'history') return 7;
  return saysHowItRuns(code) ? depth(subject, topology) : 0;
}

function canFollow({ code, outcome, wrong }: CodedFinding): boolean {
  return outcome !== 'waived' && wrong !== true && saysHowItRuns(code);
}

/** What is stored where, and what is configured, is true or false whether anything runs or not. */
function saysHowItRuns(code: Code): boolean {
  if (statementOf(code).needs !== 'objects') return true;
  return code.startsWith('HLT-') && !ofTheDeployment.has(code);
}

/** A history is the API's; a bucket is the object store's. */
function subjectOf({ code, subject }: CodedFinding, { instance }: Topology): Subject {
  if (statementOf(code).needs === 'history') return instanceSubject(instance);
  return subject.kind === 'Bucket' ? storeSubject({ role: 'object' }) : subject;
}

function asConsequence(finding: CodedFinding, cause: CodedFinding): CodedFinding {
  const followsFrom = { code: cause.code, subject: cause.subject };
  if (cause.outcome === 'waived') return { ...finding, followsFrom };
  const { expected: _expected, ...rest } = finding;
  return {
    ...rest,
    outcome: 'skipped',
    observed: `Follows from ${cause.code} on ${subjectText(cause.subject)}: ${finding.observed}`,
    followsFrom,
  };
}
