import { existsSync } from 'node:fs';
import path from 'node:path';
import { lookDuring } from '../engine/during.ts';
import { exitCodes } from '../engine/exit-code.ts';
import { onInterrupt } from '../engine/interrupt.ts';
import type { GateSettings, TargetSettings } from '../engine/settings.ts';
import { commandText, getCommand, type ChangeAsked, type Command, type Reached } from '../upgrade/change.ts';
import type { PlanAsked } from '../upgrade/plan.ts';
import { runCommands, saveObjects } from '../upgrade/run-command.ts';
import { writeRunState, type RunState } from '../upgrade/run-state.ts';
import { readSnapshot } from '../upgrade/snapshot-file.ts';
import { saveFiles } from '../upgrade/upgrade-folder.ts';
import type { LoadLevel } from '../workload/load/contract.ts';
import { runAndPrint } from './gate.ts';
import type { GivenFlags } from './options/settings.ts';
import { limitsFrom } from './options/upgrade.ts';
import { say } from './output.ts';
import { chooseProgress } from './progress.ts';

/** What was asked of an upgrade in one go. */
export interface UpgradeRun {
  readonly flags: GivenFlags;
  readonly folder: string;
  readonly change: ChangeAsked;
  readonly settings: GateSettings & TargetSettings;
  /** What makes a run the same run. */
  readonly asked: string;
  readonly budgetMs: number;
  readonly level: LoadLevel;
}

/** One way of it: there, or back. */
export interface Leg {
  readonly leg: RunState['leg'];
  readonly folder: string;
  readonly step: RunState['step'];
  readonly plan: PlanAsked | undefined;
  /** Whether no other leg follows. */
  readonly last: boolean;
  readonly commands: () => Promise<readonly Command[]>;
}

/**
 * Before, the change under reads and writes, after: from the step on that the leg is at.
 * @returns the exit code
 * @throws UsageError, EnvironmentError, the signal's reason
 */
export async function makeLeg(
  run: UpgradeRun,
  { leg, folder, step, plan, last, commands }: Leg,
): Promise<number> {
  const { flags, settings, asked } = run;
  const json = flags.json === true;
  const at = (next: RunState['step']) =>
    writeRunState(stateFile(run), { schemaVersion: 1, asked, leg, step: next });
  if (step === 'before') {
    await at('before');
    const limits = limitsFrom(flags);
    const canary = flags.withCanary === true;
    const before: GateSettings = {
      ...settings,
      readOnly: !canary,
      selection: { only: [], skip: [] },
      upgrade: { stage: 'before', folder, limits, canary, plan },
    };
    const code = await runAndPrint(before, json);
    if (code !== exitCodes.pass) {
      say('Nothing was changed: see above.');
      return code;
    }
  }
  if (step !== 'after') {
    await at('change');
    await makeChange(run, folder, leg, await commands());
  }
  await at('after');
  const code = await runAndPrint({ ...settings, upgrade: { stage: 'after', folder } }, json);
  if (last || code !== exitCodes.pass) await at('done');
  return code;
}

async function makeChange(
  run: UpgradeRun,
  folder: string,
  leg: RunState['leg'],
  commands: readonly Command[],
): Promise<void> {
  using interruption = onInterrupt(say);
  const { signal } = interruption;
  show(commands);
  const { change, settings, level, budgetMs } = run;
  if (leg === 'forth' && change.kind === 'manifest' && !existsSync(objectsFile(folder))) {
    const { namespace } = await readSnapshot(saveFiles(folder).snapshot);
    await saveObjects(getCommand(change.file, reachedBy(run, namespace)), objectsFile(folder), signal);
  }
  await lookDuring(
    settings,
    { folder, level, budgetMs, change: (tell, stop) => runCommands(commands, tell, stop) },
    await chooseProgress(),
    signal,
  );
}

/** Prints the commands of a change. */
export function show(commands: readonly Command[]): void {
  say('The change:');
  for (const command of commands) say(`  ${commandText(command)}`);
}

/** Where it is noted how far the run is. */
export function stateFile({ folder }: UpgradeRun): string {
  return path.join(folder, 'run.json');
}

/** Objects as they were before a manifest was applied over them. */
export function objectsFile(folder: string): string {
  return path.join(folder, 'objects-before.json');
}

/** How kubectl and helm come to the same cluster. */
export function reachedBy({ settings }: UpgradeRun, namespace: string): Reached {
  const { destination } = settings;
  const cluster = destination.kind === 'cluster' ? destination : undefined;
  return { kubeconfig: cluster?.kubeconfig, context: cluster?.context, namespace };
}
