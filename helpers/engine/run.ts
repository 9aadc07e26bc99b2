import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Progress } from '../report/progress.ts';
import type { Problem, Results } from '../report/results.ts';
import { writeReports } from '../report/write.ts';
import { assemble } from './assemble.ts';
import { collect } from './collect.ts';
import { problemOf } from './exit-code.ts';
import { gather } from './gather.ts';
import { makeRunFolder } from './run-folder.ts';
import { runSettings, type Known, type Run } from './run-parts.ts';
import type { GateSettings } from './settings.ts';
import { runSuites } from './vitest.ts';

/**
 * One run of the gate: observe, act, judge, report. Whatever stops it on the way, the reports are written, marked
 * incomplete, and the result says what the problem was.
 * @throws UsageError when not even the run's folder can be made, and what writing the reports throws
 */
export async function runGate(
  settings: GateSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<Results> {
  const startedAt = new Date();
  const start = performance.now();
  const folder = await makeRunFolder(settings.out, startedAt);
  const known: Known = {};
  const problem = await conduct({ settings, folder, startedAt, progress, signal }, known);
  const durationMs = performance.now() - start;
  const results = assemble(
    { ...known, id: folder.id, folder: folder.path, startedAt, durationMs, problem },
    settings,
  );
  await writeReports(folder.path, results);
  return results;
}

async function conduct(run: Run, known: Known): Promise<Problem | undefined> {
  try {
    await gather(run, known);
    await judgeAll(run, known);
    return undefined;
  } catch (error) {
    const problem = problemOf(run.signal.aborted ? run.signal.reason : error);
    if (problem.kind === 'interrupted') await judgeWhatIsThere(run, known);
    if (problem.kind !== 'internal') return problem;
    const trace = path.join(run.folder.path, 'error.txt');
    await writeFile(trace, `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return { ...problem, message: `${problem.message} (a fault of this tool; its trace is in ${trace})` };
  }
}

/** A run on a cluster that was cut short is judged as far as it went: a row that is lost by then stays lost. */
async function judgeWhatIsThere(run: Run, known: Known): Promise<void> {
  if (run.settings.destination.kind === 'saved') return;
  if (known.topology === undefined || known.judged !== undefined) return;
  await judgeAll({ ...run, signal: new AbortController().signal }, known);
}

async function judgeAll(run: Run, known: Known): Promise<void> {
  run.signal.throwIfAborted();
  await run.progress.phase('Judge', async () => {
    const judged = collect(await runSuites(runSettings(run, known), run.signal));
    known.judged = judged;
    run.signal.throwIfAborted();
    return { value: undefined, remark: `${judged.findings.size} checks` };
  });
}
