import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import { median } from './median.ts';

/**
 * How long a person waits for the built command, whole process: `gate --embedded`, the first run of this bench (cold)
 * and the median of those after it (warm), and `gate --read-only --from` what the first run saved. JSON on stdout, a
 * table on stderr. Run `npm run build` first.
 */
const runs = 5;
const goals = { fromSavedMs: 1500 } as const;
const command = path.join(import.meta.dirname, '..', 'bin', 'milvus-conformance.js');

const folder = await mkdtemp(path.join(tmpdir(), 'bench-start-'));
try {
  const cold = await gate('--embedded');
  const [saved] = await readdir(folder);
  if (saved === undefined) throw new Error('gate --embedded wrote no reports');
  const warm = await repeat(() => gate('--embedded'));
  const fromSaved = await repeat(() => gate('--read-only', '--from', path.join(folder, saved)));
  const results = { coldMs: cold, warmMs: median(warm), fromSavedMs: median(fromSaved) };

  const table = new Table({ style: { head: [], border: [] }, head: ['gate', 'ms'] });
  table.push(['--embedded, cold', results.coldMs], ['--embedded, warm', results.warmMs]);
  table.push(['--read-only --from', results.fromSavedMs]);
  console.error(table.toString());
  console.log(JSON.stringify({ bench: 'start', runs, goals, results }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function repeat(measure: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await measure());
  return times;
}

/** Milliseconds of one gate; a gate that does not pass is no measurement. */
async function gate(...args: readonly string[]): Promise<number> {
  const began = performance.now();
  await execa(process.execPath, [command, 'gate', ...args, '--out', folder], { killDescendants: true });
  return Math.round(performance.now() - began);
}
