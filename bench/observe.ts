import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import { startEmbedded } from '../fixtures/embedded/start.ts';
import { median } from './median.ts';

/**
 * Observation of an embedded namespace with 10, 1,000 and 10,000 pods, claims and volumes: API requests, time, peak
 * memory; beside `kubectl get -o json` of the same kinds in the same run. JSON on stdout, a table on stderr.
 *
 * `wallMs` is the whole process, Node's start and imports included, as kubectl's is; `observeMs` is what a run of the
 * suite spends, whose process is there already.
 */
const sizes = [10, 1000, 10_000] as const;
const runs = 5;
const namespace = 'bench';
/** The kinds of an observation. The operator's is left out: kubectl fails on a kind that the server does not have. */
const kinds =
  'pods,persistentvolumeclaims,persistentvolumes,storageclasses,deployments,statefulsets,replicasets,services,' +
  'configmaps,events';
const goals = { timesKubectl: 1.5, mebibytes: 300 } as const;

interface Observed {
  readonly requests: number;
  readonly connectMs: number;
  readonly observeMs: number;
  readonly wallMs: number;
  readonly peakMebibytes: number;
}

interface Measured extends Observed {
  readonly pods: number;
  /** Null where there is no kubectl. */
  readonly kubectlMs: number | null;
}

const kubectlMissing = await reasonWithoutKubectl();
const results: Measured[] = [];
for (const size of sizes) results.push(await measure(size));

const table = new Table({
  style: { head: [], border: [] },
  head: [
    'pods, claims',
    'requests',
    'observe ms',
    'process ms',
    'peak MiB',
    'kubectl ms',
    'process / kubectl',
  ],
});
for (const { pods, requests, observeMs, wallMs, peakMebibytes, kubectlMs } of results) {
  const times = kubectlMs === null ? '' : (wallMs / kubectlMs).toFixed(2);
  table.push([pods, requests, observeMs, wallMs, peakMebibytes, kubectlMs ?? 'none', times]);
}
console.error(table.toString());
if (kubectlMissing !== undefined) console.error(kubectlMissing);
console.log(JSON.stringify({ bench: 'observe', runs, goals, kubectlMissing, results }));

async function measure(size: number): Promise<Measured> {
  await using cluster = await startEmbedded({ syntheticPods: size, namespace });
  const cache = await mkdtemp(path.join(tmpdir(), 'kubectl-cache-'));
  const ours: Observed[] = [];
  const theirs: number[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      ours.push(await observeOnce(cluster.kubeconfig, size));
      if (kubectlMissing === undefined) theirs.push(await kubectlOnce(cluster.kubeconfig, cache));
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
  const middle = (member: keyof Observed) => median(ours.map((observed) => observed[member]));
  return {
    pods: size,
    requests: middle('requests'),
    connectMs: middle('connectMs'),
    observeMs: middle('observeMs'),
    wallMs: middle('wallMs'),
    peakMebibytes: middle('peakMebibytes'),
    kubectlMs: theirs.length === 0 ? null : median(theirs),
  };
}

async function observeOnce(kubeconfig: string, size: number): Promise<Observed> {
  const began = performance.now();
  const { stdout } = await execa(process.execPath, [
    path.join(import.meta.dirname, 'observe-once.ts'),
    kubeconfig,
    namespace,
  ]);
  const wallMs = Math.round(performance.now() - began);
  const seen: Omit<Observed, 'wallMs'> & { pods: number; claims: number } = JSON.parse(stdout);
  if (seen.pods !== size || seen.claims !== size) {
    throw new Error(`of ${size} pods and claims ${seen.pods} pods and ${seen.claims} claims were observed`);
  }
  return { ...seen, wallMs };
}

async function kubectlOnce(kubeconfig: string, cache: string): Promise<number> {
  const began = performance.now();
  const options = ['--kubeconfig', kubeconfig, '--cache-dir', cache, '-n', namespace];
  await execa('kubectl', [...options, 'get', kinds, '-o', 'json'], { stdout: 'ignore' });
  return Math.round(performance.now() - began);
}

async function reasonWithoutKubectl(): Promise<string | undefined> {
  const { failed, shortMessage } = await execa('kubectl', ['version', '--client'], { reject: false });
  return failed ? `kubectl was not measured, it does not run here: ${shortMessage}` : undefined;
}
