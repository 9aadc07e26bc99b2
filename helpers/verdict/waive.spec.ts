import { expect, test } from 'vitest';
import type { CodedFinding, Outcome } from './finding.ts';
import { waive, type Waiver } from './waive.ts';

const now = '2026-11-25T08:00:00Z';

function finding(outcome: Outcome, name: string, container?: string): CodedFinding {
  const subject = { kind: 'Pod', name, ...(container !== undefined && { container }) };
  return { code: 'HLT-090', outcome, subject, observed: 'Restarted once.' };
}

function waiver(subject: string, more: Partial<Waiver> = {}): Waiver {
  return { code: 'HLT-090', subject, reason: 'known', ...more };
}

function outcomes(findings: readonly CodedFinding[], waivers: readonly Waiver[]): readonly string[] {
  return waive(findings, waivers, now).findings.map(({ outcome }) => outcome);
}

test('what fails, warns or is inconclusive is waived and carries the reason', () => {
  const { findings, ineffective } = waive(
    [finding('fail', 'proxy-1')],
    [waiver('Pod/proxy-1', { reason: 'restarted by hand', expires: '2026-12-31' })],
    now,
  );
  expect(findings).toEqual([
    {
      ...finding('waived', 'proxy-1'),
      waiver: { reason: 'restarted by hand', expires: '2026-12-31' },
    },
  ]);
  expect(ineffective).toEqual([]);
  expect(outcomes([finding('warn', 'a'), finding('inconclusive', 'a')], [waiver('*')])).toEqual([
    'waived',
    'waived',
  ]);
});

test.each([
  ['Pod/proxy-1', ['waived', 'fail']],
  ['Pod/proxy-*', ['waived', 'waived']],
  ['*', ['waived', 'waived']],
  ['Pod/proxy-2 (container proxy)', ['fail', 'waived']],
  ['Pod/proxy', ['fail', 'fail']],
  ['pod/proxy-1', ['fail', 'fail']],
  ['Pod/proxy.1', ['fail', 'fail']],
])('the glob %s', (glob, expected) => {
  expect(outcomes([finding('fail', 'proxy-1'), finding('fail', 'proxy-2', 'proxy')], [waiver(glob)])).toEqual(
    expected,
  );
});

test('another code is not waived', () => {
  expect(outcomes([finding('fail', 'a')], [waiver('*', { code: 'HLT-080' })])).toEqual(['fail']);
});

test.each([
  ['2026-11-24', 'fail'],
  ['2026-11-25', 'waived'],
  ['2026-11-26', 'waived'],
])('one that expires on %s, on the 25th: %s', (expires, expected) => {
  expect(outcomes([finding('fail', 'a')], [waiver('*', { expires })])).toEqual([expected]);
});

test('waivers without effect are said, each with its reason', () => {
  const expired = waiver('*', { expires: '2026-11-01' });
  const stray = waiver('Pod/nobody');
  const needless = waiver('Pod/a');
  const { findings, ineffective } = waive([finding('pass', 'a')], [expired, stray, needless], now);
  expect(findings.map(({ outcome }) => outcome)).toEqual(['pass']);
  expect(ineffective).toEqual([
    { waiver: expired, problem: 'It expired on 2026-11-01.' },
    { waiver: stray, problem: 'It matches no finding: HLT-090 has none about Pod/nobody.' },
    { waiver: needless, problem: 'Nothing to waive: HLT-090 is pass for this subject.' },
  ]);
});

const wrongAnswers = (lastedMs?: number): CodedFinding => ({
  code: 'RES-210',
  outcome: 'fail',
  wrong: true,
  subject: { kind: 'Experiment', name: 'querynode-kill' },
  observed: '14 answers with code Success were wrong.',
  ...(lastedMs !== undefined && { lastedMs }),
});

test.each([
  [5, 3000, 'waived', undefined],
  [3, 3000, 'waived', undefined],
  [2, 3000, 'fail', 'It is for 2 s at most, and of Experiment/querynode-kill it lasted 3 s.'],
  [
    5,
    undefined,
    'fail',
    'It is for 5 s at most, and of Experiment/querynode-kill its length is not known, or it is not over.',
  ],
  [undefined, 3000, 'fail', 'It has no limit: RES-210 is waived only up to so many maxSeconds.'],
])('wrong answers, waived up to %s s, that lasted %s ms: %s', (maxSeconds, lastedMs, outcome, problem) => {
  const given = waiver('Experiment/*', { code: 'RES-210', ...(maxSeconds !== undefined && { maxSeconds }) });
  const { findings, ineffective } = waive([wrongAnswers(lastedMs)], [given], now);
  expect(findings.map((finding) => finding.outcome)).toEqual([outcome]);
  expect(ineffective.map((each) => each.problem)).toEqual(problem === undefined ? [] : [problem]);
});
