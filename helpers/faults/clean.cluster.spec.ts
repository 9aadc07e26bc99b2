import { mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../resilience/scenario.ts';
import { clean } from './clean.ts';
import { takeLease } from './lease.ts';
import type { LeaseTerms } from './renewed-lease.ts';
import {
  smallNamespace as namespace,
  startSmallCluster,
  type SmallCluster,
} from './testing/small-cluster.ts';
import { findLeftUndo } from './undo-file.ts';

let cluster: SmallCluster;
/** Of the reports. */
let out: string;

beforeAll(async () => {
  cluster = await startSmallCluster();
  out = await mkdtemp(path.join(cluster.folder, 'reports-'));
});

afterAll(() => cluster[Symbol.asyncDispose]());

const quick: LeaseTerms = { durationMs: 1000, renewEveryMs: 200, held: 'watch', leftUndo: 'take' };

async function cleanUp(): Promise<{ readonly anything: boolean; readonly said: readonly string[] }> {
  const said: string[] = [];
  const signal = AbortSignal.timeout(20_000);
  const place = { connection: cluster.connection, namespace, holder: 'clean', out, signal };
  const anything = await clean({ ...place, say: (line) => said.push(line) }, quick);
  return { anything, said };
}

/** Has another process strike, and kills it when it says the step. */
async function killedAt(step: string, fault: Fault, component: string, name: string): Promise<void> {
  const folder = path.join(out, name, 'experiment');
  await mkdir(folder, { recursive: true });
  const { kubeconfig } = cluster;
  const orders = { kubeconfig, namespace, folder, fault, victims: cluster.victims(component) };
  const script = fileURLToPath(new URL('./testing/strike-and-say.ts', import.meta.url));
  const child = execa(process.execPath, [script, JSON.stringify(orders)], { reject: false });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === step) child.kill('SIGKILL');
  });
  const { signal, stderr } = await child;
  expect({ signal, stderr }).toMatchObject({ signal: 'SIGKILL' });
}

const lease = () => cluster.store.get('leases.coordination.k8s.io', namespace, 'milvus-conformance');
const replicas = () => cluster.store.get('deployments.apps', namespace, 'querynode')?.spec.replicas;

test.each<readonly [string, Fault, string, string]>([
  ['begin', { kind: 'delete-pods', graceSeconds: 0 }, 'querynode', 'deleted'],
  ['begin', { kind: 'kill-container' }, 'etcd', 'killed'],
  ['begin', { kind: 'restart-rollout' }, 'querynode', 'rolled'],
  ['begin', { kind: 'evict' }, 'querynode', 'evicted'],
  ['begin', { kind: 'scale-to-zero', downMs: 60_000 }, 'querynode', 'scaled'],
  ['done', { kind: 'scale-to-zero', downMs: 60_000 }, 'querynode', 'down'],
])(
  'a run that is killed at %s of %j leaves nothing that clean does not undo',
  async (step, fault, component, name) => {
    await killedAt(step, fault, component, name);
    expect(lease()?.['spec']).toMatchObject({ holderIdentity: 'the killed run' });
    const { anything, said } = await cleanUp();
    expect(anything).toBe(true);
    expect(said).toContain('Lease milvus-conformance: taken over from the killed run, whose run is dead');
    expect(replicas()).toBe(2);
    await cluster.settle();
    expect(lease()).toBeUndefined();
    expect(await findLeftUndo(out, namespace)).toEqual([]);
    expect(await cleanUp()).toEqual({ anything: false, said: [] });
  },
);

test('what the Lease says is to be undone is undone though the folder is lost, and so the other way round', async () => {
  const down: Fault = { kind: 'scale-to-zero', downMs: 60_000 };
  await killedAt('done', down, 'querynode', 'lost folder');
  const reports = out;
  out = await mkdtemp(path.join(cluster.folder, 'other-'));
  const { said } = await cleanUp();
  expect(said).toContain('Undone, by the Lease: Deployment querynode scaled back from 0 to 2');
  out = reports;
  expect((await cleanUp()).said).toEqual([
    `Undone, by ${path.join(out, 'lost folder', 'experiment')}: Deployment querynode has 2 replicas already; left as it is`,
  ]);
  await cluster.settle();
  await killedAt('done', down, 'querynode', 'lost lease');
  cluster.store.remove('leases.coordination.k8s.io', namespace, 'milvus-conformance');
  expect((await cleanUp()).said).toEqual([
    `Undone, by ${path.join(out, 'lost lease', 'experiment')}: Deployment querynode scaled back from 0 to 2`,
  ]);
});

test('a new run is refused what a killed one left, and names clean', async ({ signal }) => {
  await cluster.settle();
  await killedAt('done', { kind: 'scale-to-zero', downMs: 60_000 }, 'querynode', 'left');
  const terms: LeaseTerms = { ...quick, leftUndo: 'refuse' };
  await expect(takeLease(cluster.connection, namespace, 'next', signal, terms)).rejects.toThrow(
    'An earlier run (the killed run) was killed in the namespace n before it undid what it had done. ' +
      'Undo it first: milvus-conformance clean -n n',
  );
  await cleanUp();
});

test('clean leaves a run that lives alone', async ({ signal }) => {
  const terms: LeaseTerms = { ...quick, held: 'refuse', leftUndo: 'refuse' };
  await using _held = await takeLease(cluster.connection, namespace, 'a living run', signal, terms);
  await expect(cleanUp()).rejects.toThrow('is held by a living run until');
  expect(lease()?.['spec']).toMatchObject({ holderIdentity: 'a living run' });
});
