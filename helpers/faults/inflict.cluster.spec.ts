import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Fault, Victim } from '../resilience/scenario.ts';
import { FaultError } from './fault-error.ts';
import { inflict } from './inflict.ts';
import { takeLease } from './lease.ts';
import type { HeldLease } from './renewed-lease.ts';
import { MemoryRecorder } from './testing/memory-recorder.ts';
import {
  smallNamespace as namespace,
  startSmallCluster,
  type SmallCluster,
} from './testing/small-cluster.ts';
import { openUndoJournal } from './undo-journal.ts';

let cluster: SmallCluster;
let lease: HeldLease;
let recorder: MemoryRecorder;

beforeAll(async () => {
  cluster = await startSmallCluster();
  lease = await takeLease(cluster.connection, namespace, 'test', AbortSignal.timeout(10_000));
});

afterAll(async () => {
  await lease[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
});

beforeEach(async () => {
  recorder = new MemoryRecorder();
  await cluster.settle();
});

async function strike(fault: Fault, victims: readonly Victim[], signal: AbortSignal): Promise<void> {
  const { connection, folder } = cluster;
  const journal = openUndoJournal(connection, namespace, lease, await mkdtemp(path.join(folder, 'run-')));
  await inflict(fault, victims, {
    connection,
    namespace,
    recorder,
    journal,
    signal,
    progress: () => undefined,
  });
}

const uids = (component: string) => cluster.pods(component).map(({ metadata }) => metadata.uid);
const replicas = (name: string) => cluster.store.get('deployments.apps', namespace, name)?.spec.replicas;

test.each<Fault>([{ kind: 'delete-pods', graceSeconds: 0 }, { kind: 'delete-pods' }])(
  '%j: those of before are gone',
  async (fault) => {
    const victims = cluster.victims('querynode');
    await strike(fault, victims, AbortSignal.timeout(30_000));
    const left = uids('querynode');
    expect(victims.filter(({ uid }) => left.includes(uid))).toEqual([]);
    expect(recorder.steps()).toEqual(['begin', 'done']);
    expect(recorder.happenings[0]).toMatchObject({
      pods: victims.map(({ name, uid }) => ({ name, uid, part: 'querynode' })),
    });
  },
);

test('a second blow strikes the pod that replaced the first, each noted with its own pod', async ({
  signal,
}) => {
  const [victim, ...rest] = cluster.victims('querynode');
  const fault = { kind: 'delete-pods', graceSeconds: 0, times: 2, everyMs: 50 } as const;
  await strike(fault, victim === undefined ? [] : [victim], signal);
  const struck = recorder.happenings.flatMap((one) =>
    one.kind === 'fault' && one.step === 'begin' ? one.pods.map(({ uid }) => uid) : [],
  );
  expect(struck).toHaveLength(2);
  expect(struck[0]).toBe(victim?.uid);
  expect(rest.map(({ uid }) => uid)).not.toContain(struck[1]);
  expect(uids('querynode')).not.toContain(struck[1]);
});

test.each(['querynode', 'etcd', 'kafka'])(
  'the container of %s is killed; its pod stays',
  async (component) => {
    const victims = cluster.victims(component).slice(0, 1);
    await strike({ kind: 'kill-container' }, victims, AbortSignal.timeout(40_000));
    const pod = cluster.pods(component).find(({ metadata }) => metadata.uid === victims[0]?.uid);
    expect(pod?.status.containerStatuses?.[0]?.restartCount).toBe(1);
    expect(recorder.texts()[1]).toContain('main ended and started again at ');
  },
);

test('a container without a shell cannot be killed from inside, and the pod is left as it is', async ({
  signal,
}) => {
  await expect(strike({ kind: 'kill-container' }, cluster.victims('shellless'), signal)).rejects.toThrow(
    'The fault did not land: killing the container main of the pod shellless: ' +
      'its image has no shell to send a signal from. Delete the pod instead.',
  );
  expect(recorder.steps()).toEqual(['begin', 'failed']);
  expect(cluster.pods('shellless')[0]?.status.containerStatuses?.[0]?.restartCount).toBe(0);
});

test.each(['querynode', 'etcd'])(
  'the rollout of %s is restarted: every pod is a new one',
  async (component) => {
    const victims = cluster.victims(component);
    await strike({ kind: 'restart-rollout' }, victims, AbortSignal.timeout(60_000));
    const now = uids(component);
    expect(now).toHaveLength(victims.length);
    expect(victims.filter(({ uid }) => now.includes(uid))).toEqual([]);
  },
);

test('scaled to zero, no pod is left; then it is scaled back, and nothing is left to be undone', async ({
  signal,
}) => {
  const victims = cluster.victims('querynode');
  const seen: number[] = [];
  const stop = cluster.store.subscribe('pods', () => seen.push(cluster.pods('querynode').length));
  await strike({ kind: 'scale-to-zero', downMs: 100 }, victims, signal);
  stop();
  expect(seen).toContain(0);
  expect(replicas('querynode')).toBe(2);
  expect(recorder.steps()).toEqual(['begin', 'done', 'undone']);
  expect(recorder.texts()[2]).toBe('Deployment querynode scaled back from 0 to 2');
  expect(lease.annotations()).toEqual({});
});

test('a run that is aborted while it is scaled to zero scales it back', async () => {
  const abort = new AbortController();
  const struck = strike(
    { kind: 'scale-to-zero', downMs: 600_000 },
    cluster.victims('querynode'),
    abort.signal,
  );
  const reason = new Error('enough');
  await expect.poll(() => recorder.steps().at(-1), { timeout: 20_000 }).toBe('done');
  abort.abort(reason);
  await expect(struck).rejects.toBeDefined();
  expect(replicas('querynode')).toBe(2);
});

test('a workload that something else scales back at once was not scaled to zero', async ({ signal }) => {
  const stop = cluster.store.subscribe('deployments.apps', ({ object }) => {
    if (object.metadata.name !== 'querynode' || replicas('querynode') !== 0) return;
    cluster.store.change('deployments.apps', namespace, 'querynode', (draft) => {
      draft.spec.replicas = 2;
    });
  });
  const struck = strike({ kind: 'scale-to-zero', downMs: 1 }, cluster.victims('querynode'), signal);
  await expect(struck).rejects.toThrow(
    'scaling the Deployment querynode to zero: something else set its replicas back to 2. ' +
      'An operator or an autoscaler may own it; choose another fault for it.',
  );
  stop();
  expect(recorder.steps()).toEqual(['begin', 'failed', 'undone']);
});

test('a pod is evicted', async ({ signal }) => {
  const victims = cluster.victims('querynode').slice(0, 1);
  await strike({ kind: 'evict' }, victims, signal);
  expect(uids('querynode')).not.toContain(victims[0]?.uid);
});

test('an eviction that a disruption budget forbids does not go around it', async () => {
  const abort = new AbortController();
  const [victim] = cluster.victims('etcd');
  const struck = strike({ kind: 'evict' }, victim === undefined ? [] : [victim], abort.signal);
  setTimeout(() => abort.abort(new Error('enough')), 300);
  await expect(struck).rejects.toThrow('enough');
  expect(recorder.steps()).toEqual(['begin', 'failed']);
  expect(uids('etcd')).toEqual([victim?.uid]);
});

test.each(['delete-pods', 'evict', 'kill-container'] as const)(
  '%s: a pod that is gone, or is another by now, is no hit',
  async (kind) => {
    const fault: Fault = kind === 'delete-pods' ? { kind, graceSeconds: 0 } : { kind };
    const [victim] = cluster.victims('querynode');
    if (victim === undefined) throw new Error('no pod');
    const before = uids('querynode');
    const signal = AbortSignal.timeout(10_000);
    await expect(strike(fault, [{ ...victim, name: 'nobody' }], signal)).rejects.toThrow(FaultError);
    await expect(strike(fault, [{ ...victim, uid: crypto.randomUUID() }], signal)).rejects.toThrow(
      'another pod has its name by now',
    );
    expect(recorder.steps()).toEqual(['begin', 'failed', 'begin', 'failed']);
    expect(uids('querynode')).toEqual(before);
  },
);

test('a right that is missing is told in the server’s words', async ({ signal }) => {
  await using poor = await startSmallCluster(['delete pods', 'create pods/exec']);
  const strikeThere = (fault: Fault) =>
    inflict(fault, poor.victims('etcd'), {
      connection: poor.connection,
      namespace,
      recorder,
      journal: { plan: () => Promise.resolve(), undo: () => Promise.resolve([]) },
      signal,
      progress: () => undefined,
    });
  await expect(strikeThere({ kind: 'delete-pods', graceSeconds: 0 })).rejects.toThrow(
    'deleting the pod etcd-0: pods "etcd-0" is forbidden',
  );
  await expect(strikeThere({ kind: 'kill-container' })).rejects.toThrow(
    'a command in it was refused: pods/exec "etcd-0" is forbidden',
  );
});
