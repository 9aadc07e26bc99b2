import { expect, test } from 'vitest';
import { observationOfLayout } from '../../../fixtures/recordings/varied-layout.ts';
import { observationOfManifest } from '../manifest.ts';
import { understand } from '../understand.ts';
import { renderLayout } from '../../../fixtures/layouts/layouts.ts';

test('the brokers and the ZooKeeper that they name are the store', () => {
  const log = understand(observationOfLayout('kafka')).stores.find(({ role }) => role === 'log');
  expect(log?.location).toMatchObject({
    kind: 'in-cluster',
    workloads: [{ metadata: { name: 'my-release-kafka' } }, { metadata: { name: 'my-release-zookeeper' } }],
  });
});

test('a properties file in a ConfigMap names ZooKeeper too', () => {
  const properties = 'a=b\\nzookeeper.connect=my-release-zookeeper:2181/kafka';
  const text = renderLayout('kafka')
    .replace('name: KAFKA_CFG_ZOOKEEPER_CONNECT', 'name: UNUSED')
    .replace(/(name: my-release-kafka-scripts[^]*?data:\n)/, `$1  server.properties: "${properties}"\n`);
  const log = understand(observationOfManifest(text, { file: 'kafka.yaml' })).stores.find(
    ({ role }) => role === 'log',
  );
  expect(log?.data.map(({ id }) => id)).toEqual(['log.broker', 'log.zookeeper']);
  expect(log?.absent).toEqual([]);
});
