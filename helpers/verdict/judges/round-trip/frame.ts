import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { type Done, operationsOf, type StepName } from '../../../workload/round-trip-record.ts';
import { versionStep } from '../../../workload/scenarios/record.ts';
import type { Evidence, Finding, Subject } from '../../finding.ts';

interface Check {
  /** The first step of what is judged: without it, there is nothing to judge. */
  readonly step: StepName;
  /** What is wrong or could not be judged; nothing when all is well. */
  readonly look: (history: History) => readonly Finding[];
  /** What is, when all is well. */
  readonly passed: (history: History) => string;
}

/**
 * A judge of the round trip's history. What was seen to be wrong fails in any case. A history that is empty or cut
 * short, or that ended before the step, can fail but never pass.
 */
export function roundTripJudge({ step, look, passed }: Check): Judge {
  return ({ history }) => {
    if (history === undefined || history.operations.length === 0) {
      const subject = { kind: 'Collection', name: history?.header.collection ?? 'of the round trip' };
      return [inconclusive(subject, 'No operation was recorded, so there is nothing to judge.')];
    }
    const findings = look(history);
    if (findings.some((finding) => finding.outcome === 'fail')) return findings;
    const gap = gapBefore(history, step);
    if (gap !== undefined) return [inconclusive(subjectOf(history), gap)];
    if (findings.length > 0) return findings;
    return [{ outcome: 'pass', subject: subjectOf(history), observed: passed(history) }];
  };
}

function gapBefore(history: History, step: StepName): string | undefined {
  if (!isOver(history)) {
    const last = history.operations.at(-1)?.step ?? 'the start';
    return `The run was cut short after \`${last}\`.`;
  }
  if (operationsOf(history, step).length > 0) return undefined;
  const stopped = history.stopped;
  return stopped === undefined
    ? `\`${step}\` was not run.`
    : `\`${step}\` was not run: the round trip ended at \`${stopped.step}\`. ${stopped.reason}`;
}

/** Whether the round trip came to its end: scenarios that follow it may have been cut short. */
export function isOver({ complete, operations }: History): boolean {
  return complete || operations.some(({ step }) => step === versionStep);
}

export function subjectOf(history: History): Subject {
  return { kind: 'Collection', name: history.header.collection };
}

function inconclusive(subject: Subject, observed: string): Finding {
  return { outcome: 'inconclusive', subject, observed, expected: 'A round trip that came to its end.' };
}

/**
 * The operations of the step that did not succeed, in up to two findings: `fail` for those that Milvus answered,
 * `inconclusive` for those that got no answer.
 */
export function unsuccessful(history: History, step: StepName, expected: string): readonly Finding[] {
  const all = operationsOf(history, step);
  const failures = all.flatMap((done): Failed[] => {
    const { outcome } = done;
    if (outcome.state === 'ok') return [];
    const answered = outcome.state === 'fail' || outcome.answered === true;
    return [{ done, answered, reason: `${outcome.code}: ${outcome.message}` }];
  });
  const byAnswer = Map.groupBy(failures, ({ answered }) => answered);
  return [...byAnswer].map(([answered, found]) => {
    const share = all.length === 1 ? '' : ` (${found.length} of ${all.length} calls)`;
    const call = found[0]?.done.operation.call;
    const reason = found[0]?.reason;
    return {
      outcome: answered ? 'fail' : 'inconclusive',
      subject: subjectOf(history),
      observed: answered
        ? `Milvus answered \`${call}\` with ${reason}${share}`
        : `\`${call}\` got no answer: ${reason}${share}`,
      expected,
      evidence: found.slice(0, shown).map(({ done, reason: text }) => evidenceOf(done, text)),
    };
  });
}

interface Failed {
  readonly done: Done<StepName>;
  readonly answered: boolean;
  readonly reason: string;
}

/** Operations that a finding quotes. */
const shown = 3;

/** The operation as a place in the history, with `text` for what was seen there. */
export function evidenceOf({ operation }: Pick<Done<StepName>, 'operation'>, text: string): Evidence {
  const { id, step, calledAt, returnedAt } = operation;
  const times = `${seconds(calledAt)} to ${seconds(returnedAt)}`;
  return { at: `history.jsonl operation ${id} (${step}, ${times})`, text };
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}
