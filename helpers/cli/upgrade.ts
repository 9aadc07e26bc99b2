import { lookDuring } from '../engine/during.ts';
import { exitCodes } from '../engine/exit-code.ts';
import { onInterrupt } from '../engine/interrupt.ts';
import type { GateSettings } from '../engine/settings.ts';
import { runAndPrint } from './gate.ts';
import { loadOf } from './options/experiments.ts';
import { duration } from './options/numbers.ts';
import { limitsFrom, planFrom, savedFolder, saveFolder, upgradedFrom } from './options/upgrade.ts';
import type { GivenFlags } from './options/settings.ts';
import { say } from './output.ts';
import { chooseProgress } from './progress.ts';

/** ms that a rollout may take unless it is said. */
export const rolloutBudgetMs = 30 * 60_000;

/**
 * Keeps what must be known after an upgrade, and judges the rules of the road. Reads only, unless a canary is asked for.
 * @throws UsageError, ManifestError
 */
export async function upgradeBefore(flags: GivenFlags): Promise<number> {
  return runAndPrint(await beforeSettings(flags), flags.json === true);
}

/** One run that looks before an upgrade. @throws UsageError, ManifestError */
export async function beforeSettings(flags: GivenFlags): Promise<GateSettings> {
  const folder = saveFolder(flags);
  const limits = limitsFrom(flags);
  const settings = upgradedFrom(flags);
  const canary = flags.withCanary === true;
  return {
    ...settings,
    readOnly: !canary,
    thorough: false,
    upgrade: { stage: 'before', folder, limits, canary, plan: await planFrom(flags, settings) },
  };
}

/**
 * Reads and writes until the rollout has ended; `upgrade after` judges what came of it.
 * @throws UsageError, EnvironmentError
 */
export async function upgradeDuring(flags: GivenFlags): Promise<number> {
  const folder = savedFolder('--save', flags.save);
  const settings = upgradedFrom(flags);
  using interruption = onInterrupt(say);
  await lookDuring(
    settings,
    {
      folder,
      level: loadOf(flags.load, 'light'),
      budgetMs: duration('--budget', flags.budget) ?? rolloutBudgetMs,
    },
    await chooseProgress(),
    interruption.signal,
  );
  return exitCodes.pass;
}

/** Compares with what was kept, then runs the gate. @throws UsageError */
export async function upgradeAfter(flags: GivenFlags): Promise<number> {
  return runAndPrint(afterSettings(flags, savedFolder('--from', flags.from)), flags.json === true);
}

/** One run that looks after an upgrade. @throws UsageError */
export function afterSettings(flags: GivenFlags, folder: string): GateSettings {
  return { ...upgradedFrom(flags), upgrade: { stage: 'after', folder } };
}
