import type { Outcome } from './finding.ts';

export type Verdict = 'pass' | 'inconclusive' | 'fail';

const weight: Readonly<Record<Outcome, Verdict | undefined>> = {
  pass: 'pass',
  warn: 'pass',
  waived: 'pass',
  inconclusive: 'inconclusive',
  fail: 'fail',
  skipped: undefined,
};

const order: readonly Verdict[] = ['pass', 'inconclusive', 'fail'];

/** The exit codes that a verdict has; 3 (usage) and 4 (environment) are no verdicts. */
export const exitCodes: Readonly<Record<Verdict, 0 | 1 | 2>> = { pass: 0, fail: 1, inconclusive: 2 };

/**
 * One verdict from all outcomes: pass < inconclusive < fail. A warning and a waived failure pass. Nothing judged at
 * all (no outcome, or skipped only) is inconclusive.
 */
export function merge(outcomes: Iterable<Outcome>): Verdict {
  const verdicts = new Set<Verdict>();
  for (const outcome of outcomes) {
    const verdict = weight[outcome];
    if (verdict !== undefined) verdicts.add(verdict);
  }
  return order.findLast((verdict) => verdicts.has(verdict)) ?? 'inconclusive';
}

const urgency: readonly Outcome[] = ['fail', 'inconclusive', 'warn', 'waived', 'pass', 'skipped'];

/** The one outcome that stands for a check: that of its worst finding. Without findings it is inconclusive. */
export function worstOutcome(outcomes: Iterable<Outcome>): Outcome {
  const seen = new Set(outcomes);
  return urgency.find((outcome) => seen.has(outcome)) ?? 'inconclusive';
}
