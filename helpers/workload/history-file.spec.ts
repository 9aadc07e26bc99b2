import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
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

test('within a second of record an operation is on disk, and the header from the start', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const file = historyFile();
  await using recorder = new HistoryFile(file, header);
  recorder.record(operation('insert'));
  expect(readHistory(readFileSync(file, 'utf8'))).toMatchObject({ header, operations: [] });
  vi.advanceTimersByTime(1000);
  const history = readHistory(readFileSync(file, 'utf8'));
  expect(history).toMatchObject({ header, operations: [{ id: 1, step: 'insert' }], complete: false });
});

test('many operations are on disk without waiting', async () => {
  const file = historyFile();
  await using recorder = new HistoryFile(file, header);
  for (let number = 0; number < 10_000; number += 1) recorder.record(operation('insert'));
  expect(readHistory(readFileSync(file, 'utf8')).operations.length).toBeGreaterThan(9_000);
});

test('after SIGKILL the file reads as what was done up to a second before', async () => {
  const file = historyFile();
  const { href } = new URL('history-file.ts', import.meta.url);
  const script = `
    const { HistoryFile } = await import(${JSON.stringify(href)});
    const recorder = new HistoryFile(${JSON.stringify(file)}, ${JSON.stringify(header)});
    setInterval(() => recorder.record(${JSON.stringify(operation('insert'))}), 5);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  const exited = once(child, 'exit');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain('"id":1,'), 15_000);
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
  const history = readHistory(readFileSync(file, 'utf8'));
  expect(history.complete).toBe(false);
  expect(history.operations.length).toBeGreaterThan(0);
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
