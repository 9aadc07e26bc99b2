import { expect, test } from 'vitest';
import { startEmbedded } from '../../fixtures/embedded/start.ts';
import { understand } from '../topology/understand.ts';
import { connect } from './connection.ts';
import { observeObjects } from './observe.ts';
import { probeEndpoints } from './probe-endpoints.ts';
import { missingRights } from './rights.ts';

test('observes and asks every endpoint of an embedded cluster, and stores no secret', async ({ signal }) => {
  await using cluster = await startEmbedded({ layout: 'woodpecker', signal });
  const { kubeconfig, namespace } = cluster;
  await using connection = await connect({ kubeconfig, namespace }, signal);
  expect(await missingRights(connection, namespace, signal)).toEqual([]);
  const { observation, credentials } = await observeObjects(connection, namespace, signal);
  const topology = understand(observation, {});
  const endpoints = await probeEndpoints(connection, topology, credentials, signal);
  const answers = [endpoints.etcd, endpoints.minio, endpoints.components].flatMap(Object.values);
  expect(answers.length).toBeGreaterThanOrEqual(12);
  expect(answers.filter(({ state }) => state !== 'answered')).toEqual([]);
  expect(endpoints.bucket).toMatchObject({ state: 'answered', value: { exists: true } });
  const walNames = Object.values(endpoints.components).map((one) =>
    one.state === 'answered' ? one.value.walName : undefined,
  );
  expect(walNames).toContain('woodpecker');
  expect(JSON.stringify({ observation, endpoints })).not.toContain('minioadmin');
});

test('a right that is refused is noted, and named by its review', async ({ signal }) => {
  await using cluster = await startEmbedded({
    syntheticPods: 600,
    namespace: 'bench',
    deny: ['list persistentvolumes'],
    signal,
  });
  await using connection = await connect(cluster, signal);
  const { observation } = await observeObjects(connection, 'bench', signal);
  expect(observation.reads.PersistentVolume).toMatchObject({ state: 'refused', status: 403 });
  expect(observation.reads.Pod).toMatchObject({ state: 'read', requests: 2 });
  expect(observation.objects.Pod).toHaveLength(600);
  const missing = await missingRights(connection, 'bench', signal);
  expect(missing.map(({ resource }) => resource)).toEqual(['persistentvolumes']);
});
