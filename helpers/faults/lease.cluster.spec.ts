import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../../fixtures/embedded/store/json.ts';
import { createObject } from '../../fixtures/embedded/store/write.ts';
import { microTime } from '../kubernetes/lease.ts';
import { takeLease } from './lease.ts';
import type { LeaseTerms } from './renewed-lease.ts';
import {
  smallNamespace as namespace,
  startSmallCluster,
  type SmallCluster,
} from './testing/small-cluster.ts';

let cluster: SmallCluster;

beforeAll(async () => {
  cluster = await startSmallCluster();
});

afterAll(() => cluster[Symbol.asyncDispose]());

const key = 'leases.coordination.k8s.io';
const name = 'milvus-conformance';
const quick: LeaseTerms = { durationMs: 2000, renewEveryMs: 200, held: 'refuse', leftUndo: 'refuse' };
const take = (holder: string, terms = quick) =>
  takeLease(cluster.connection, namespace, holder, AbortSignal.timeout(20_000), terms);
const stored = () => cluster.store.get(key, namespace, name);
const renewTime = () => record(stored()?.['spec'])['renewTime'];

test('one run at a time: it is renewed while held, another is told who holds it, and it is gone afterwards', async () => {
  {
    await using held = await take('first');
    const before = renewTime();
    expect(before).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    await expect.poll(renewTime).not.toBe(before);
    await expect(take('second')).rejects.toThrow(
      /^The namespace n is being experimented on: its Lease milvus-conformance is held by first until .*milvus-conformance clean -n n$/,
    );
    await held.annotate({ 'milvus-conformance/undo': '[]' });
    expect(stored()?.metadata.annotations).toEqual({ 'milvus-conformance/undo': '[]' });
    await held.annotate({ 'milvus-conformance/undo': null });
    expect(held.signal.aborted).toBe(false);
  }
  expect(stored()).toBeUndefined();
});

/** What a holder left there a minute ago, by its own clock. */
function leaveLease(): void {
  const resource = cluster.store.resources.byKey(key);
  if (resource === undefined) throw new Error('no leases');
  createObject(cluster.store, resource, namespace, {
    metadata: { name },
    spec: { holderIdentity: 'earlier', leaseDurationSeconds: 2, renewTime: minutesAgo(1) },
  });
}

const minutesAgo = (minutes: number) => microTime(new Date(Date.now() - minutes * 60_000));

test('one that nobody renews any more is taken over', async () => {
  leaveLease();
  await using held = await take('next');
  expect(held.signal.aborted).toBe(false);
  expect(stored()?.['spec']).toMatchObject({ holderIdentity: 'next' });
});

test('one that is renewed by a clock that is behind is not taken for dead', async () => {
  leaveLease();
  let minutes = 2;
  const renewing = setInterval(() => {
    minutes -= 0.01;
    cluster.store.change(key, namespace, name, (draft) => {
      draft['spec'] = { ...record(draft['spec']), renewTime: minutesAgo(minutes) };
    });
  }, 100);
  try {
    await expect(take('next')).rejects.toThrow('is held by earlier until');
  } finally {
    clearInterval(renewing);
  }
  cluster.store.remove(key, namespace, name);
});

test('a run whose Lease another has taken, or somebody deleted, is told to stop', async () => {
  await using held = await take('first');
  cluster.store.change(key, namespace, name, (draft) => {
    draft['spec'] = { ...record(draft['spec']), holderIdentity: 'thief' };
  });
  await expect.poll(() => held.signal.aborted).toBe(true);
  expect(held.signal.reason).toMatchObject({ message: expect.stringContaining('was taken by thief') });
  cluster.store.remove(key, namespace, name);
  await using again = await take('again');
  cluster.store.remove(key, namespace, name);
  await expect.poll(() => again.signal.aborted).toBe(true);
  expect(again.signal.reason).toMatchObject({ message: expect.stringContaining('was deleted') });
});

test('of two that are quick at the same time, one gets it', async () => {
  const both = await Promise.allSettled([take('one'), take('other')]);
  const won = both.filter(({ status }) => status === 'fulfilled');
  expect(won).toHaveLength(1);
  for (const result of both) if (result.status === 'fulfilled') await result.value[Symbol.asyncDispose]();
  expect(stored()).toBeUndefined();
});
