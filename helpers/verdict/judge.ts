import type { Evidence, Judge } from '../engine/context.ts';
import { statementOf, type Code } from './catalogue.ts';
import type { CodedFinding, Finding } from './finding.ts';
import { inconclusive, isRefused, skipped, unread } from './outcomes.ts';
import type { Need, Statement } from './statement.ts';
import { located } from './places.ts';
import { instanceSubject } from './subjects.ts';

/**
 * Runs one judge over evidence and gives its findings their code. Never throws and is never empty:
 * what a check needs and this run does not have is skipped with the reason; a kind that the server refused to list, a
 * judge that threw, and a judge that looked at nothing are inconclusive.
 */
export function judge(code: Code, judgeOf: Judge, evidence: Evidence): readonly CodedFinding[] {
  const statement = statementOf(code);
  return (withoutNeeds(statement, evidence) ?? attempt(statement, judgeOf, evidence)).map((finding) => ({
    ...located(finding, evidence),
    code,
  }));
}

function withoutNeeds(statement: Statement, evidence: Evidence): readonly Finding[] | undefined {
  const subject = instanceSubject(evidence.topology.instance);
  const missing = missingNeed(statement.needs, evidence);
  if (missing !== undefined) return [skipped(subject, missing)];
  const reads = statement.reads ?? [];
  const refused = reads.filter((kind) => isRefused(evidence.observation, kind));
  if (refused.length > 0) {
    return refused.map((kind) =>
      inconclusive(
        subject,
        unread(evidence.observation, kind) ?? '',
        `Leave to list ${kind} objects, which this check reads.`,
      ),
    );
  }
  const absent = reads
    .map((kind) => unread(evidence.observation, kind))
    .find((reason) => reason !== undefined);
  return absent === undefined ? undefined : [skipped(subject, absent)];
}

function missingNeed(need: Need, evidence: Evidence): string | undefined {
  switch (need) {
    case 'objects':
      return undefined;
    case 'endpoints':
      return evidence.observation.endpoints === undefined
        ? 'No running endpoint was asked: this observation has objects only.'
        : undefined;
    case 'manifest':
      return evidence.observation.manifest === undefined
        ? 'Objects of a cluster, not of a manifest.'
        : undefined;
    case 'preflight':
      return evidence.observation.preflight === undefined ? 'This is no preflight.' : undefined;
    case 'experiment':
      return evidence.experiments.length === 0 ? 'No fault was tried: only `chaos` does so.' : undefined;
    case 'before-upgrade':
      return evidence.upgrade === undefined || evidence.upgrade.after !== undefined
        ? 'Only `upgrade before` looks at this.'
        : undefined;
    case 'upgrade':
      return evidence.upgrade?.after === undefined
        ? 'No upgrade is looked at: only `upgrade after` does so.'
        : undefined;
    case 'history':
      return evidence.history === undefined ? 'Nothing was written: this run was read-only.' : undefined;
  }
}

function attempt(statement: Statement, judgeOf: Judge, evidence: Evidence): readonly Finding[] {
  const subject = instanceSubject(evidence.topology.instance);
  try {
    const findings = judgeOf(evidence);
    if (findings.length > 0) return findings;
    return [inconclusive(subject, 'The check found nothing to look at.', statement.title)];
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [inconclusive(subject, `The check itself failed: ${text}`, statement.title)];
  }
}
