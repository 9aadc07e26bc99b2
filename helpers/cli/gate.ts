import { onInterrupt } from '../engine/interrupt.ts';
import { runGate } from '../engine/run.ts';
import type { GateSettings } from '../engine/settings.ts';
import { lookOf } from '../report/look.ts';
import { resultsJson, type Results } from '../report/results.ts';
import { terminalVerdict } from '../report/terminal.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';
import { print, say } from './output.ts';
import { chooseProgress } from './progress.ts';

/** Judges a deployment, writes the reports, prints the verdict, and gives the exit code. @throws UsageError */
export function gate(flags: GivenFlags): Promise<number> {
  return runAndPrint(settingsFrom(flags), flags.json === true);
}

/** The same for settings that are already known. */
export async function runAndPrint(settings: GateSettings, json: boolean): Promise<number> {
  const results = await runShown(settings);
  await print(json ? resultsJson(results) : terminalVerdict(results, lookOf(process.stdout, process.env)));
  return results.exitCode;
}

/** Runs the gate with its progress on stderr; Ctrl-C ends it in order. */
export async function runShown(settings: GateSettings): Promise<Results> {
  using interruption = onInterrupt(say);
  return await runGate(settings, await chooseProgress(), interruption.signal);
}
