import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { deadRuns } from './dead-runs.ts';

const out = mkdtempSync(path.join(tmpdir(), 'reports-'));
afterAll(() => rmSync(out, { recursive: true }));

function history(file: string, ...lines: readonly string[]): void {
  mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
  writeFileSync(path.join(out, file), `${lines.join('\n')}\n`);
}

test('a run whose history has no end is dead once nothing was added for a minute', async () => {
  history('20261125-101500-aaaa/history.jsonl', '{"type":"header"}', '{"type":"operation"}');
  history('20261125-101500-bbbb/history.jsonl', '{"type":"header"}', '{"type":"end","at":1}');
  history('20261125-101500-cccc/experiments/01-proxy-kill/history.jsonl', '{"type":"header"}');
  history('notes/history.jsonl', '{"type":"header"}');
  expect(await deadRuns(out, Date.now())).toEqual([]);
  expect(await deadRuns(out, Date.now() + 61_000)).toEqual(['20261125-101500-aaaa', '20261125-101500-cccc']);
});

test('where there are no reports, no run is dead', async () => {
  expect(await deadRuns(path.join(out, 'nowhere'), Date.now())).toEqual([]);
});
