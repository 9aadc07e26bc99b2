import { expect, test } from 'vitest';
import { chooseLog } from './log-type.ts';
import type { Component, Instance } from './model.ts';

function chosen(
  values: Record<string, unknown>,
  mode: Instance['mode'] = 'cluster',
  components: readonly Component[] = [],
) {
  const instance: Instance = { name: 'a', namespace: 'db', managedBy: 'helm', mode, version: undefined };
  const { log, problems } = chooseLog({ from: 'ConfigMap/a: user.yaml', values }, instance, components);
  return log?.because ?? problems[0]?.detail;
}

test.each([
  [{ mq: { type: 'kafka' }, messageQueue: 'pulsar' }, 'mq.type is kafka'],
  [{ messageQueue: 'pulsar' }, 'messageQueue is pulsar'],
  [{ mq: { type: 'default' }, messageQueue: 'pulsar' }, 'messageQueue is pulsar'],
  [
    { pulsar: { address: 'p' } },
    'mq.type is not set, so Milvus takes the first that it can: pulsar.address is set',
  ],
  [
    { kafka: { brokerList: 'k:1' } },
    'mq.type is not set, so Milvus takes the first that it can: kafka.brokerList is set',
  ],
  [
    { mq: { type: 'nats' } },
    'mq.type is "nats", which is none of woodpecker, kafka, pulsar, rocksmq, natsmq.',
  ],
  [
    { a: 1 },
    'No setting says which log Milvus uses: neither mq.type nor messageQueue is set in ConfigMap/a: user.yaml.',
  ],
])('%o', (values, because) => {
  expect(chosen(values)).toBe(because);
});

test('standalone without a setting uses rocksmq', () => {
  expect(chosen({ a: 1 }, 'standalone')).toBe(
    'mq.type is not set, so Milvus takes the first that it can: rocksmq in standalone',
  );
});
