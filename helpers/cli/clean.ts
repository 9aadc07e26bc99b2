import { hostname } from 'node:os';
import { exitCodes } from '../engine/exit-code.ts';
import { deadRuns } from '../engine/dead-runs.ts';
import { removeLeftCollections } from '../engine/left-collections.ts';
import { onInterrupt } from '../engine/interrupt.ts';
import { UsageError } from '../engine/usage-error.ts';
import { clean as cleanNamespace } from '../faults/clean.ts';
import { connect } from '../kubernetes/connection.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';
import { print, say } from './output.ts';

/** Undoes what a killed run left in a namespace. @throws UsageError, EnvironmentError, ApiError */
export async function clean(flags: GivenFlags): Promise<number> {
  const { destination, namespace, instance, out } = settingsFrom(flags);
  if (destination.kind !== 'cluster') {
    throw new UsageError(
      'clean: an embedded cluster ends with its run, so nothing is left of it; expected a cluster',
    );
  }
  using interruption = onInterrupt(say);
  const { signal } = interruption;
  await using connection = await connect({ ...destination, namespace }, signal);
  const anything = await cleanNamespace({
    connection,
    namespace: connection.namespace,
    holder: `milvus-conformance clean on ${hostname()}`,
    out,
    removeCollections: async (abandoned) => {
      const dead = [...(await deadRuns(out, Date.now())), ...(abandoned === undefined ? [] : [abandoned])];
      return await removeLeftCollections(connection, instance, dead, signal);
    },
    say,
    signal,
  });
  const what = anything ? 'is as it was before' : 'had nothing left to undo';
  await print(`The namespace ${connection.namespace} ${what}.\n`);
  return exitCodes.pass;
}
