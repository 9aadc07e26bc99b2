import { expect, onTestFinished, test } from 'vitest';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer } from '../../fixtures/recordings/replay-server.ts';
import { connect } from './connection.ts';
import { missingRights, rights, rightText } from './rights.ts';

test('asks for no right over Secrets, and for no right to change an object', () => {
  expect(rights.filter(({ resource }) => resource === 'secrets')).toEqual([]);
  const writes = rights.filter(({ verb, resource }) => verb === 'create' && resource !== 'pods/portforward');
  expect(writes).toEqual([]);
});

test('asks the server for each right, and names those that it does not grant', async () => {
  const reviews: unknown[] = [];
  const granted = recording('ssar-allowed').response;
  const server = await ReplayServer.start(({ path, body }) => {
    if (path === '/version') return recording('version').response;
    const { resourceAttributes } = JSON.parse(body).spec;
    reviews.push(resourceAttributes);
    return resourceAttributes.resource === 'persistentvolumes'
      ? { status: 201, body: { status: { allowed: false } } }
      : granted;
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  const missing = await missingRights(connection, 'milvus');
  expect(missing.map((right) => rightText(right, 'milvus'))).toEqual(['list persistentvolumes']);
  expect(reviews).toHaveLength(rights.length);
  expect(reviews).toContainEqual({
    verb: 'create',
    group: '',
    resource: 'pods',
    subresource: 'portforward',
    namespace: 'milvus',
  });
});
