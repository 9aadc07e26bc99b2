import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HistoryFile } from './history-file.ts';
import { readHistory } from './read-history.ts';
import type { NewOperation } from './recorder.ts';

const header = { workload: 'round trip', seed: 7, collection: 'mc_1_roundtrip' };

function historyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'history.jsonl');
}

function operation(step: string): NewOperation {
  return {
    call: 'insert',
    step,
    request: {},
    calledAt: 1,
    returnedAt: 2,
    outcome: { state: 'ok', value: {} },
  };
}

test('an operation is on disk when record returns, as after SIGKILL', async () => {
  const file = historyFile();
  await using recorder = new HistoryFile(file, header);
  recorder.record(operation('insert'));
  const history = readHistory(readFileSync(file, 'utf8'));
  expect(history).toMatchObject({ header, operations: [{ id: 1, step: 'insert' }], complete: false });
});

test('an ended history is complete and says where it stopped', async () => {
  const file = historyFile();
  {
    await using recorder = new HistoryFile(file, header);
    recorder.record(operation('insert'));
    recorder.record(operation('flush'));
    recorder.end({ step: 'flush', reason: 'the bucket is gone' });
  }
  const history = readHistory(readFileSync(file, 'utf8'));
  expect(history).toMatchObject({ complete: true, stopped: { step: 'flush', reason: 'the bucket is gone' } });
  expect(history.operations.map(({ id }) => id)).toEqual([1, 2]);
});

test('times are on one clock that starts with the history', async () => {
  await using recorder = new HistoryFile(historyFile(), header);
  const first = recorder.now();
  const second = recorder.now();
  expect(first).toBeGreaterThanOrEqual(0);
  expect(first).toBeLessThan(1000);
  expect(second).toBeGreaterThanOrEqual(first);
});

test('a history is never overwritten, and a closed one takes nothing', async () => {
  const file = historyFile();
  const recorder = new HistoryFile(file, header);
  expect(() => new HistoryFile(file, header)).toThrow(/EEXIST/);
  await recorder[Symbol.asyncDispose]();
  await recorder[Symbol.asyncDispose]();
  expect(() => recorder.record(operation('insert'))).toThrow(/is closed/);
});
