import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import { type Shape, writeLedgerHistory } from './judge-history.ts';

/**
 * Judging histories of 1, 5 and 10 million operations on rows, read from disk: time and peak memory of a process that
 * does nothing else. An operation is a write or a look at one row; calls carry 100 rows as a load does, and in one
 * more history a single row each, the worst case. JSON on stdout, a table on stderr.
 */
const shapes: readonly Shape[] = [
  { operations: 1_000_000, keysPerCall: 100 },
  { operations: 5_000_000, keysPerCall: 100 },
  { operations: 10_000_000, keysPerCall: 100 },
  { operations: 10_000_000, keysPerCall: 1 },
];
const goals = { tenMillionMs: 10_000, tenMillionMebibytes: 600 } as const;

interface Judged {
  readonly operations: number;
  readonly wrong: readonly { readonly verdict: string; readonly keyCount: number }[];
  readonly readMs: number;
  readonly totalMs: number;
  readonly cpuMs: number;
  readonly peakMebibytes: number;
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-judge-'));
try {
  const results: (Judged & Shape & { megabytes: number })[] = [];
  for (const shape of shapes) results.push(await measure(shape));
  const table = new Table({
    style: { head: [], border: [] },
    head: ['operations', 'rows a call', 'file MB', 'read ms', 'all ms', 'CPU ms', 'peak MiB'],
  });
  for (const { operations, keysPerCall, megabytes, readMs, totalMs, cpuMs, peakMebibytes } of results) {
    table.push([operations, keysPerCall, megabytes, readMs, totalMs, cpuMs, peakMebibytes]);
  }
  console.error(table.toString());
  console.log(JSON.stringify({ bench: 'judge', goals, results }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(shape: Shape) {
  const file = path.join(folder, 'history.jsonl');
  await writeLedgerHistory(file, shape);
  const { size } = await stat(file);
  const { stdout } = await execa(process.execPath, [path.join(import.meta.dirname, 'judge-once.ts'), file]);
  await rm(file);
  const judged: Judged = JSON.parse(stdout);
  const [wrong] = judged.wrong;
  if (judged.operations !== shape.operations || wrong?.verdict !== 'LOST' || wrong.keyCount !== 1) {
    throw new Error(
      `one lost row of ${shape.operations} operations was to be found, and found was ${stdout}`,
    );
  }
  return { ...judged, ...shape, megabytes: Math.round(size / 1e6) };
}
