import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MilvusTarget } from '../../milvus/target.ts';
import type { History } from '../history.ts';
import { readHistory } from '../read-history.ts';
import { HistoryFile } from '../history-file.ts';
import { type RoundTripOptions, runRoundTrip } from '../round-trip.ts';
import { roundTripCollection } from '../round-trip-plan.ts';

/** Runs the round trip against a server, through a file, and gives the history as a judge reads it. */
export async function recordRoundTrip(
  target: MilvusTarget,
  options: Partial<Pick<RoundTripOptions, 'signal' | 'budgetMs' | 'progress'>> = {},
): Promise<History> {
  const folder = await mkdtemp(join(tmpdir(), 'round-trip-'));
  try {
    const file = join(folder, 'history.jsonl');
    const header = { workload: 'round trip', seed: 42, collection: roundTripCollection('test-1') };
    {
      await using recorder = new HistoryFile(file, header);
      const signal = new AbortController().signal;
      await runRoundTrip({ ...target, recorder, budgetMs: 120_000, signal, ...options });
    }
    return readHistory(await readFile(file, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
