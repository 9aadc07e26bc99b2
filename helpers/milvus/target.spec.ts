import { ServerCredentials } from '@grpc/grpc-js';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { recordRoundTrip } from '../workload/testing/record-round-trip.ts';
import { probeMilvus } from './probe-milvus.ts';
import { startMilvusServer } from './testing/milvus-server.ts';

test('the token is sent with every call, by the probe and by the SDK', async () => {
  await using server = await startMilvusServer();
  await probeMilvus(server.address, { token: 'root:Milvus' }, new AbortController().signal);
  await recordRoundTrip({ address: server.address, token: 'root:Milvus' });
  expect(server.requests.length).toBeGreaterThan(40);
  expect(server.requests.every(({ token }) => token === 'root:Milvus')).toBe(true);
});

test('TLS, with a certificate that does not name the port-forward', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'my-release-milvus' }]);
  const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(cert) };
  await using server = await startMilvusServer(
    {},
    { credentials: ServerCredentials.createSsl(null, [pair]) },
  );
  const { address } = server;
  const { signal } = new AbortController();
  expect(await probeMilvus(address, { tls: true }, signal)).toMatchObject({ state: 'answered' });
  expect(await probeMilvus(address, {}, signal)).toMatchObject({ state: 'failed' });
  const history = await recordRoundTrip({ address, tls: true });
  expect(history.operations.every(({ outcome }) => outcome.state === 'ok')).toBe(true);
});
