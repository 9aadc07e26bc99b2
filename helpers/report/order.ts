import { subjectText } from '../verdict/finding.ts';
import type { CheckOutcome, CheckResult, FindingResult, Results } from './results.ts';

/** Outcomes as a reader should meet them: what to act on first. */
export const outcomesByUrgency: readonly CheckOutcome[] = [
  'fail',
  'inconclusive',
  'warn',
  'waived',
  'skipped',
  'pass',
];

/** Checks of one outcome, in catalogue order. */
export function checksOf(results: Results, outcome: CheckOutcome): readonly CheckResult[] {
  return results.checks.filter((check) => check.outcome === outcome);
}

/** A finding of a check, with what the check says of it. */
export interface Entry {
  readonly check: CheckResult;
  readonly finding: FindingResult;
}

/** Findings of one outcome over all checks, in catalogue order. */
export function entriesOf(results: Results, outcome: CheckOutcome): readonly Entry[] {
  return results.checks.flatMap((check) =>
    check.findings.filter((finding) => finding.outcome === outcome).map((finding) => ({ check, finding })),
  );
}

/** Findings that follow from this one, in catalogue order. */
export function consequencesOf(results: Results, cause: Entry): readonly Entry[] {
  const subject = subjectText(cause.finding.subject);
  return results.checks.flatMap((check) =>
    check.findings
      .filter(
        ({ followsFrom }) =>
          followsFrom?.code === cause.check.code && subjectText(followsFrom.subject) === subject,
      )
      .map((finding) => ({ check, finding })),
  );
}

/** What a check found of each experiment, by its name; undefined for a check that is of no experiment. */
export function experimentsOf({
  findings,
}: CheckResult): ReadonlyMap<string, readonly FindingResult[]> | undefined {
  const own = findings.filter(({ subject }) => subject.kind === 'Experiment');
  return own.length === 0 ? undefined : Map.groupBy(own, ({ subject }) => subject.name);
}

/**
 * Findings of one outcome that a reader should meet by themselves: not those that follow from another one of this
 * outcome, which are told with it.
 */
export function causesOf(results: Results, outcome: CheckOutcome): readonly Entry[] {
  const entries = entriesOf(results, outcome);
  const told = new Set(entries.map(({ check, finding }) => `${check.code} ${subjectText(finding.subject)}`));
  return entries.filter(
    ({ finding: { followsFrom } }) =>
      followsFrom === undefined || !told.has(`${followsFrom.code} ${subjectText(followsFrom.subject)}`),
  );
}
