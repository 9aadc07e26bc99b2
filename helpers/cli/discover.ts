import { discoverTarget } from '../engine/discover.ts';
import { exitCodes } from '../engine/exit-code.ts';
import { onInterrupt } from '../engine/interrupt.ts';
import { discoveryRecord } from '../report/discovery.ts';
import { lookOf } from '../report/look.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';
import { print, say } from './output.ts';
import { chooseProgress } from './progress.ts';

/** Prints the topology and what must be durable. @throws UsageError, EnvironmentError, InstanceError */
export async function discover(flags: GivenFlags): Promise<number> {
  const settings = settingsFrom(flags);
  using interruption = onInterrupt(say);
  const discovery = await discoverTarget(settings, await chooseProgress(), interruption.signal);
  if (flags.json === true) {
    await print(`${JSON.stringify(discoveryRecord(discovery), null, 2)}\n`);
  } else {
    const { discoveryTable } = await import('../report/discovery-table.ts');
    await print(discoveryTable(discovery, lookOf(process.stdout, process.env)));
  }
  return exitCodes.pass;
}
