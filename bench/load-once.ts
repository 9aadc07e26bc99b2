import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../helpers/kubernetes/connection.ts';
import { readyPod } from '../helpers/kubernetes/pods.ts';
import { openPortForward } from '../helpers/kubernetes/port-forward.ts';
import type { MilvusTarget } from '../helpers/milvus/target.ts';
import { HistoryFile } from '../helpers/workload/history-file.ts';
import { loadLevels } from '../helpers/workload/load/contract.ts';
import { LedgerKeys } from '../helpers/workload/load/ledger-keys.ts';
import { planLoad } from '../helpers/workload/load/plan-load.ts';
import { prepareLoad } from '../helpers/workload/load/prepare-load.ts';
import { startLoad } from '../helpers/workload/load/start-load.ts';

/**
 * A load in a process of its own; prints what it took of it, its first seconds left out. Arguments: level, seconds, and
 * the address of a server, or the kubeconfig and the namespace of a cluster, whose proxy is then reached by a
 * port-forward.
 */
const [name, seconds = '', place = '', namespace] = process.argv.slice(2);
const level = loadLevels.find((each) => each === name);
if (level === undefined) throw new Error('usage: load-once.ts LEVEL SECONDS ADDRESS | KUBECONFIG NAMESPACE');

const warmUpMs = 5000;
// A machine that is busy with other things makes the server slow, not the suite.
const plan = planLoad({ seed: 1, level, runId: 'bench', callTimeoutMs: 30_000 });
const folder = await mkdtemp(path.join(tmpdir(), 'bench-load-'));
try {
  const file = path.join(folder, 'history.jsonl');
  const header = { workload: 'load', seed: 1, collection: plan.collections.ledger };
  await using recorder = new HistoryFile(file, header);
  await using way = await open();
  const settings = {
    target: way.target,
    recorder,
    plan,
    keys: new LedgerKeys(),
    signal: new AbortController().signal,
    progress: () => undefined,
  };
  const unprepared = await prepareLoad(settings);
  if (unprepared !== undefined) throw new Error(unprepared);
  const load = await startLoad(settings);
  await sleep(warmUpMs);
  const calls = () => load.states().reduce((sum, state) => sum + state.calls, 0);
  const [cpu, began, before, { size }] = [process.cpuUsage(), performance.now(), calls(), await stat(file)];
  await sleep(Number(seconds) * 1000);
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - began;
  const made = calls() - before;
  const bytes = (await stat(file)).size - size;
  await load.stop();
  const bad = load.states().find(({ lastBad }) => lastBad !== undefined);
  if (bad !== undefined) throw new Error(`${bad.probe}: ${bad.lastBad}`);
  console.log(
    JSON.stringify({
      level,
      cpuPercent: Math.round((user + system) / wallMs) / 10,
      callsPerSecond: Math.round((made * 1000) / wallMs),
      cpuMsPerCall: Math.round((user + system) / made) / 1000,
      kilobytesPerSecond: Math.round(bytes / wallMs),
      peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
} finally {
  await rm(folder, { recursive: true });
}

async function open(): Promise<AsyncDisposable & { readonly target: MilvusTarget }> {
  if (namespace === undefined) {
    return { target: { address: place }, [Symbol.asyncDispose]: async () => undefined };
  }
  const connection = await connect({ kubeconfig: place, namespace });
  const forward = await openPortForward(connection, {
    namespace,
    port: 19_530,
    choosePod: (signal) => readyPod(connection, namespace, { component: 'proxy' }, signal),
  });
  return {
    target: { address: `${forward.host}:${forward.port}` },
    [Symbol.asyncDispose]: async () => {
      await forward[Symbol.asyncDispose]();
      await connection[Symbol.asyncDispose]();
    },
  };
}
