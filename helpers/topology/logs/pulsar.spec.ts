import { expect, test } from 'vitest';
import { durability } from '../../../fixtures/recordings/durability.ts';
import { observationOfLayout, type Variation } from '../../../fixtures/recordings/varied-layout.ts';
import { understand } from '../understand.ts';

function logLines(variation: Variation): readonly string[] {
  const lines = durability(understand(observationOfLayout('pulsar', variation))).split('\n');
  return lines
    .filter((line) => /^(MISSING |not )?log/.test(line))
    .map((line) => line.split(' on own')[0] ?? line);
}

const whole = [
  'log.zookeeper: StatefulSet/my-release-pulsarv3-zookeeper my-release-pulsarv3-zookeeper:/pulsar/data/zookeeper',
  'log.journal: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/journal',
  'log.ledgers: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/ledgers',
];

test('from the proxy, by its broker, to ZooKeeper and the bookies', () => {
  expect(logLines({})).toEqual(whole);
});

test('when Milvus talks to the broker itself', () => {
  expect(logLines({ settings: { pulsar: { address: 'pulsar://my-release-pulsarv3-broker:6650' } } })).toEqual(
    whole,
  );
});

test('ZooKeeper outside: the bookies still are found, by the cluster that they are of', () => {
  expect(logLines({ edits: [['my-release-pulsarv3-zookeeper:2181', 'zk.example.com:2181']] })).toEqual([
    ...whole.slice(1),
    'not log: zookeeper',
  ]);
});

test('a second Pulsar of the namespace is not taken for it', () => {
  const settings = { pulsar: { address: 'my-release-pulsarv3-proxy' } };
  const edits = [
    ['zkServers: my-release-pulsarv3-zookeeper:2181', 'zkServers: my-release-etcd:2181'],
  ] as const;
  expect(logLines({ settings, edits })).toEqual([
    whole[0],
    'MISSING log.journal: pulsar',
    'MISSING log.ledgers: pulsar',
  ]);
});
