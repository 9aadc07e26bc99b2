import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import { inflict } from './inflict.ts';
import { MemoryRecorder } from './testing/memory-recorder.ts';
import {
  smallNamespace as namespace,
  startSmallCluster,
  type SmallCluster,
} from './testing/small-cluster.ts';

async function kept(cluster: SmallCluster, signal: AbortSignal) {
  const folder = path.join(cluster.folder, 'reports', 'diagnostics');
  await diagnose(cluster.connection, namespace, 60, folder, signal);
  const files = await readdir(folder);
  return { files, text: (name: string) => readFile(path.join(folder, name), 'utf8') };
}

test('pods, events, and what a container and the one before it said are kept, without secrets', async ({
  signal,
}) => {
  await using cluster = await startSmallCluster();
  const { connection } = cluster;
  await inflict({ kind: 'kill-container' }, cluster.victims('etcd'), {
    connection,
    namespace,
    recorder: new MemoryRecorder(),
    journal: { plan: () => Promise.resolve(), undo: () => Promise.resolve([]) },
    signal,
    progress: () => undefined,
  });
  await cluster.settle();
  const { files, text } = await kept(cluster, signal);
  expect(files).toContain('etcd-0.main.previous.log');
  expect(files.filter((name) => name.endsWith('.log'))).toHaveLength(6);
  expect(await text('etcd-0.main.log')).toContain('password=(redacted) started');
  expect(JSON.parse(await text('pods.json'))).toHaveLength(5);
  expect(await text('events.json')).toContain('Started container main');
  expect(await text('README.txt')).not.toContain('Not had');
});

test('without the right to read logs the rest is kept, and what is missing is said', async ({ signal }) => {
  await using cluster = await startSmallCluster(['get pods/log']);
  const { files, text } = await kept(cluster, signal);
  expect(files.toSorted()).toEqual(['README.txt', 'events.json', 'pods.json']);
  expect(await text('README.txt')).toMatch(/- etcd-0\.main\.log: pods\/log "etcd-0" is forbidden/);
});
