import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { probeMilvus } from './probe-milvus.ts';
import { GrpcFailure, startMilvusServer } from './testing/milvus-server.ts';

const { signal } = new AbortController();

test('version, health and component states', async () => {
  await using server = await startMilvusServer({
    CheckHealth: (answer) => ({ ...answer, isHealthy: false, reasons: ['querynode 3 is down'] }),
  });
  expect(await probeMilvus(server.address, {}, signal)).toEqual({
    state: 'answered',
    value: {
      version: 'v2.6.2',
      healthy: false,
      reasons: ['querynode 3 is down'],
      componentStates: [{ role: 'proxy', node: '7', state: 'Healthy' }],
    },
  });
});

test('a login that is required is said so, with and without a token', async () => {
  const refuse = () => {
    throw new GrpcFailure(status.UNAUTHENTICATED, 'auth check failure');
  };
  await using server = await startMilvusServer({ GetVersion: refuse });
  expect(await probeMilvus(server.address, {}, signal)).toEqual({
    state: 'failed',
    error:
      'Milvus requires a login and none was given: give a token (user:password). Its answer to GetVersion: auth check failure',
  });
  const answer = await probeMilvus(server.address, { token: 'root:secret' }, signal);
  expect(answer).toMatchObject({ state: 'failed', error: expect.stringMatching(/refused the token/) });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('a server that is not there, and one that answers with a failure', async () => {
  expect(await probeMilvus('127.0.0.1:1', {}, signal)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/^GetVersion at 127\.0\.0\.1:1: UNAVAILABLE: /),
  });
  await using server = await startMilvusServer({
    CheckHealth: () => ({ status: { code: 1, reason: 'service not ready' } }),
  });
  expect(await probeMilvus(server.address, {}, signal)).toMatchObject({
    state: 'failed',
    error: `CheckHealth at ${server.address}: MILVUS_1: service not ready`,
  });
});

test('an abort ends a probe that hangs', async () => {
  await using server = await startMilvusServer({ CheckHealth: () => new Promise(() => undefined) });
  const controller = new AbortController();
  const probe = probeMilvus(server.address, {}, controller.signal);
  setTimeout(() => controller.abort(), 100);
  expect(await probe).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/CheckHealth.*CANCELLED/),
  });
});
