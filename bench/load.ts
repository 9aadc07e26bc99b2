import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import { startEmbedded } from '../fixtures/embedded/start.ts';
import { loadLevels } from '../helpers/workload/load/contract.ts';

/**
 * The continuous load of a chaos experiment: processor time of the suite's whole process, at each level against a
 * server in memory, and at `steady` against an embedded cluster through a port-forward, as a run reaches a cluster.
 * JSON on stdout, a table on stderr.
 */
const seconds = 20;
const goals = { cpuPercentOfSteady: 15 } as const;

interface Measured {
  readonly level: string;
  readonly cpuPercent: number;
  readonly callsPerSecond: number;
  readonly cpuMsPerCall: number;
  readonly kilobytesPerSecond: number;
  readonly peakMebibytes: number;
}

const measured: (Measured & { readonly against: string })[] = [];

const server = execa(process.execPath, [program('load-server.ts')], { killDescendants: true });
try {
  const { value: address } = await server.iterable().next();
  for (const level of loadLevels) {
    measured.push({ against: 'a server in memory', ...(await once(level, String(address))) });
  }
} finally {
  server.stdin.end();
  await server;
}
{
  await using cluster = await startEmbedded({ layout: 'woodpecker' });
  const { kubeconfig, namespace } = cluster;
  measured.push({ against: 'an embedded cluster', ...(await once('steady', kubeconfig, namespace)) });
}

const table = new Table({
  style: { head: [], border: [] },
  head: ['load', 'against', 'CPU %', 'calls/s', 'CPU ms a call', 'history kB/s', 'peak MiB'],
});
for (const each of measured) {
  const { level, against, cpuPercent, callsPerSecond, cpuMsPerCall, kilobytesPerSecond, peakMebibytes } =
    each;
  table.push([level, against, cpuPercent, callsPerSecond, cpuMsPerCall, kilobytesPerSecond, peakMebibytes]);
}
console.error(table.toString());
console.log(JSON.stringify({ bench: 'load', seconds, goals, results: measured }));

async function once(level: string, ...place: readonly string[]): Promise<Measured> {
  const args = [program('load-once.ts'), level, String(seconds), ...place];
  const { stdout } = await execa(process.execPath, args, { stderr: 'inherit' });
  return JSON.parse(stdout);
}

function program(name: string): string {
  return path.join(import.meta.dirname, name);
}
