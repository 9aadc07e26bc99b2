import { expect, test } from 'vitest';
import { observationOfLayout } from '../../fixtures/recordings/varied-layout.ts';
import type { Evidence } from '../engine/context.ts';
import type { Kind, Read } from '../topology/observation.ts';
import { judge } from './judge.ts';
import { pass } from './outcomes.ts';
import { evidenceOf } from './testing/evidence-of.ts';

const layout = observationOfLayout('standalone');
const good = () => [pass({ kind: 'Pod', name: 'a' }, 'Looked at.')];

function withRead(kind: Kind, read: Read): Evidence {
  return evidenceOf({ ...layout, reads: { ...layout.reads, [kind]: read } });
}

function outcomeOf(findings: ReturnType<typeof judge>): readonly [string, string][] {
  return findings.map(({ outcome, observed }) => [outcome, observed]);
}

test('findings get their code', () => {
  expect(judge('CFG-010', good, evidenceOf(layout))).toEqual([{ ...good()[0], code: 'CFG-010' }]);
});

test('a judge that looked at nothing is inconclusive', () => {
  expect(outcomeOf(judge('CFG-010', () => [], evidenceOf(layout)))).toEqual([
    ['inconclusive', 'The check found nothing to look at.'],
  ]);
});

test('a judge that throws is inconclusive, with the error', () => {
  const broken = () => {
    throw new TypeError('x is not a function');
  };
  expect(outcomeOf(judge('CFG-010', broken, evidenceOf(layout)))).toEqual([
    ['inconclusive', 'The check itself failed: TypeError: x is not a function'],
  ]);
});

test('a kind that the server refused to list is inconclusive, with its words', () => {
  const message = 'configmaps is forbidden: User "reader" cannot list resource "configmaps"';
  const evidence = withRead('ConfigMap', { state: 'refused', status: 403, message });
  expect(outcomeOf(judge('CFG-050', good, evidence))).toEqual([
    ['inconclusive', `The API server refused to list ConfigMap objects (403): ${message}`],
  ]);
});

test.each([
  ['CFG-010', { state: 'absent' }, 'ConfigMap objects are not part of this observation.'],
  [
    'CFG-010',
    { state: 'refused', status: 0, message: 'a recording without them' },
    'ConfigMap objects are not part of this observation: a recording without them',
  ],
] as const)('%s of what nobody could be asked for is skipped: %o', (code, read, reason) => {
  expect(outcomeOf(judge(code, good, withRead('ConfigMap', read)))).toEqual([['skipped', reason]]);
});

test('what a run does not have is skipped with the reason', () => {
  expect(outcomeOf(judge('HLT-140', good, evidenceOf(layout)))).toEqual([
    ['skipped', 'No running endpoint was asked: this observation has objects only.'],
  ]);
  expect(outcomeOf(judge('RTP-010', good, evidenceOf(layout)))).toEqual([
    ['skipped', 'Nothing was written: this run was read-only.'],
  ]);
});
