import { planExperiments } from '../engine/plan-experiments.ts';
import { onInterrupt } from '../engine/interrupt.ts';
import { exitCodes } from '../engine/exit-code.ts';
import { lookOf } from '../report/look.ts';
import { plansText, scenariosTable } from '../report/scenarios-table.ts';
import { defaultScenarios, scenarios } from '../resilience/scenarios.ts';
import { runAndPrint } from './gate.ts';
import { experimentsFrom } from './options/experiments.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';
import { print, say } from './output.ts';
import { chooseProgress } from './progress.ts';

/** Breaks a deployment on purpose and judges what came of it. @throws UsageError */
export async function chaos(flags: GivenFlags, names: readonly string[]): Promise<number> {
  const look = lookOf(process.stdout, process.env);
  if (flags.list === true) {
    await print(scenariosTable(scenarios, defaultScenarios, look));
    return exitCodes.pass;
  }
  const experiments = experimentsFrom(flags, names);
  const settings = settingsFrom(flags);
  if (flags.dryRun !== true) return runAndPrint({ ...settings, experiments }, flags.json === true);
  using interruption = onInterrupt(say);
  const plans = await planExperiments(settings, experiments, await chooseProgress(), interruption.signal);
  await print(plansText(plans, look));
  return exitCodes.pass;
}
