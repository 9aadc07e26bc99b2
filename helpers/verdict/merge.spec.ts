import { expect, test } from 'vitest';
import type { Outcome } from './finding.ts';
import { exitCodes, merge, worstOutcome } from './merge.ts';

test.each([
  { outcomes: [], verdict: 'inconclusive', exitCode: 2, worst: 'inconclusive' },
  { outcomes: ['skipped', 'skipped'], verdict: 'inconclusive', exitCode: 2, worst: 'skipped' },
  { outcomes: ['pass'], verdict: 'pass', exitCode: 0, worst: 'pass' },
  { outcomes: ['pass', 'skipped'], verdict: 'pass', exitCode: 0, worst: 'pass' },
  { outcomes: ['pass', 'warn'], verdict: 'pass', exitCode: 0, worst: 'warn' },
  { outcomes: ['waived', 'pass'], verdict: 'pass', exitCode: 0, worst: 'waived' },
  { outcomes: ['pass', 'inconclusive', 'warn'], verdict: 'inconclusive', exitCode: 2, worst: 'inconclusive' },
  { outcomes: ['inconclusive', 'fail', 'pass'], verdict: 'fail', exitCode: 1, worst: 'fail' },
] satisfies { outcomes: Outcome[]; verdict: string; exitCode: number; worst: Outcome }[])(
  '$outcomes: $verdict, exit code $exitCode',
  ({ outcomes, verdict, exitCode, worst }) => {
    expect(merge(outcomes)).toBe(verdict);
    expect(exitCodes[merge(outcomes)]).toBe(exitCode);
    expect(worstOutcome(outcomes)).toBe(worst);
  },
);

test('an earlier failure is not overwritten by a later pass', () => {
  expect(merge(['fail', 'pass', 'pass'])).toBe('fail');
});
