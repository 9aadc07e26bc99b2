import { expect, test } from 'vitest';
import type { History, Operation, Outcome } from '../../../workload/history.ts';
import type { Level, RowShown } from '../../../workload/ledger/record.ts';
import { readRequest, writeRequest } from '../../../workload/ledger/request.ts';
import { modelDimension, modelSeed, rowShown } from '../../../workload/ledger/testing/model.ts';
import type { Finding } from '../../finding.ts';
import { rowsAreKept } from './rows-kept.ts';

const judge = rowsAreKept({ boundedMs: 1000, eventuallyMs: 5000, callTimeoutMs: 100 });
const unanswered: Outcome = { state: 'unknown', code: 'DEADLINE_EXCEEDED', message: 'Deadline exceeded' };
const create = operation(0, { ledger: 'create', dimension: modelDimension }, { state: 'ok', value: {} });

function operation(calledAt: number, request: Operation['request'], outcome: Outcome): Operation {
  const times = { calledAt, returnedAt: calledAt + 5 };
  return { type: 'operation', id: calledAt + 1, call: 'any', step: 'ledger', request, ...times, outcome };
}

function write(
  calledAt: number,
  kind: 'insert' | 'upsert',
  keys: number[],
  acknowledged = keys.length,
): Operation {
  const request = writeRequest('mc_1', { kind, generation: calledAt }, keys, 0);
  return operation(calledAt, request, { state: 'ok', value: { rows: acknowledged } });
}

function read(
  calledAt: number,
  keys: number[],
  rows: RowShown[],
  level: Level = 'Strong',
  client = 0,
): Operation {
  return operation(calledAt, readRequest('mc_1', level, keys, client), { state: 'ok', value: { rows } });
}

function findings(operations: readonly Operation[], complete = true): readonly Finding[] {
  const header = { type: 'header', schemaVersion: 1, workload: 'ledger', startedAt: '' } as const;
  const history: History = {
    header: { ...header, seed: modelSeed, collection: 'mc_1' },
    operations: [create, ...operations],
    events: [],
    complete,
  };
  return judge({ history });
}

test('a row that is lost is named, with the write, the read, and how to repeat it', () => {
  const [finding] = findings([write(10, 'insert', [1, 2, 3]), read(20, [1, 2, 3], [rowShown(2, 10)])]);
  expect(finding).toEqual({
    outcome: 'fail',
    wrong: true,
    subject: { kind: 'Collection', name: 'mc_1' },
    observed: 'LOST: 2 rows acknowledged, and not there: 1, 3.',
    expected: 'Every acknowledged row is there. Repeat with seed 5.',
    evidence: [
      {
        at: 'history.jsonl operation 11 (insert, 0.010 s to 0.015 s)',
        text: 'insert of key 1, generation 10: acknowledged.',
      },
      {
        at: 'history.jsonl operation 21 (read, 0.020 s to 0.025 s)',
        text: 'Strong read of key 1: it showed no row; by then all writes gave: generation 10.',
      },
      expect.anything(),
      expect.anything(),
    ],
  });
});

test('each level is held to its own promise', () => {
  const missed = (level: Level, afterMs: number, client = 0) => [
    write(10, 'insert', [1]),
    read(15 + afterMs, [1], [], level, client),
    read(9000, [1], [rowShown(1, 10)]),
  ];
  const outcomes = (operations: readonly Operation[]) =>
    findings(operations).map(({ observed }) => observed.replace(/^([A-Z_]+):.*/, '$1'));
  const stale = ['STALE'];
  const passes = [expect.stringContaining('each showed what was written')];
  expect(outcomes(missed('Strong', 1))).toEqual(stale);
  expect(outcomes(missed('Bounded', 900))).toEqual(passes);
  expect(outcomes(missed('Bounded', 1001))).toEqual(stale);
  expect(outcomes(missed('Eventually', 4900))).toEqual(passes);
  expect(outcomes(missed('Eventually', 5001))).toEqual(stale);
  expect(outcomes(missed('Session', 1))).toEqual(stale);
  expect(outcomes(missed('Session', 1, 1))).toEqual(passes);
});

test('a write that is acknowledged in part may be there or not', () => {
  const partly = write(10, 'insert', [1, 2], 1);
  const first = write(1, 'insert', [9]);
  const [finding] = findings([first, partly, read(20, [1, 2, 9], [rowShown(2, 10), rowShown(9, 1)])]);
  expect(finding).toMatchObject({ outcome: 'pass' });
});

test('without a write, without a read, and without a read of every key nothing passes', () => {
  const outcomes = (operations: readonly Operation[]) => findings(operations).map(({ outcome }) => outcome);
  expect(outcomes([])).toEqual(['inconclusive']);
  expect(outcomes([write(10, 'insert', [1])])).toEqual(['inconclusive']);
  const partly = [write(10, 'insert', [1, 2]), read(20, [1], [rowShown(1, 10)])];
  expect(findings(partly)).toMatchObject([
    { outcome: 'inconclusive', observed: expect.stringContaining('No read looked for 1 row of') },
  ]);
  const failed = operation(20, readRequest('mc_1', 'Strong', [1], 0), unanswered);
  expect(outcomes([write(10, 'insert', [1]), failed])).toEqual(['inconclusive']);
});

test('in a history that was cut short, a call under way may explain the last reads', () => {
  const early = [write(10, 'insert', [1]), read(20, [1], []), read(500, [1], [])];
  expect(findings(early, false).map(({ outcome }) => outcome)).toEqual(['fail']);
  const late = [write(10, 'insert', [1]), read(450, [1], []), read(500, [1], [])];
  expect(findings(late, false).map(({ outcome }) => outcome)).toEqual(['inconclusive']);
});

test('one key with a hundred thousand writes and reads takes no longer than many keys', () => {
  const operations: Operation[] = [];
  for (let index = 0; index < 50_000; index += 1) {
    operations.push(write(20 * index, 'upsert', [1]), read(20 * index + 10, [1], [rowShown(1, 20 * index)]));
  }
  const began = performance.now();
  expect(findings(operations)).toMatchObject([{ outcome: 'pass' }]);
  expect(performance.now() - began).toBeLessThan(5000);
});
