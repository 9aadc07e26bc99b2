import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LayoutName, layoutNames } from '../../fixtures/layouts/layouts.ts';
import { durability } from '../../fixtures/recordings/durability.ts';
import { loadRecording } from '../../fixtures/recordings/load.ts';
import { observationOfLayout, type Variation } from '../../fixtures/recordings/varied-layout.ts';
import { redactObject } from '../kubernetes/redact.ts';
import { observationOfManifest } from './manifest.ts';
import type { Observation } from './observation.ts';
import { understand } from './understand.ts';

const manifests = process.env['CHART_MANIFESTS'];
const recordings = process.env['RECORDINGS'];

function ofFile(file: string): string {
  const text = readFileSync(join(manifests ?? '', file), 'utf8');
  return durability(understand(observationOfManifest(text, { file })));
}

function ofLayout(name: LayoutName, variation: Variation = {}): string {
  return durability(understand(observationOfLayout(name, variation)));
}

/** Mounts one claim at /shared in every Milvus container. */
const sharedVolume = [
  [
    '- name: tools\n              mountPath: /milvus/tools',
    '- name: tools\n              mountPath: /milvus/tools\n            - name: wal\n              mountPath: /shared',
  ],
  [
    '- name: tools\n          emptyDir: {}',
    '- name: tools\n          emptyDir: {}\n        - name: wal\n          persistentVolumeClaim:\n            claimName: shared-wal',
  ],
] as const;

/** The lines about the log only. */
function logOf(name: LayoutName, variation: Variation = {}): string {
  const lines = ofLayout(name, variation).split('\n');
  return lines
    .filter(
      (line, at) =>
        /(^|\s)log/.test(line.split(':')[0] ?? '') || /(^|\s)log/.test(lines[at - 1]?.split(':')[0] ?? ''),
    )
    .join('\n');
}

describe.skipIf(manifests === undefined)(
  'charts as Helm renders them (CHART_MANIFESTS names the folder)',
  () => {
    test('v2.3.5-kafka.yaml', () => {
      expect(ofFile('v2.3.5-kafka.yaml')).toMatchInlineSnapshot(`
        "metadata: StatefulSet/lab-etcd etcd:/bitnami/etcd/data on own claim: data-lab-etcd-0 data-lab-etcd-1 data-lab-etcd-2
          because etcd.endpoints is lab-etcd:2379, etcd keeps every collection, segment and checkpoint that Milvus knows of
        object: StatefulSet/lab-minio minio:/export on own claim: export-lab-minio-0 export-lab-minio-1 export-lab-minio-2 export-lab-minio-3
          because minio.address is lab-minio, MinIO keeps every segment and index
        log.broker: StatefulSet/lab-kafka kafka:/bitnami/kafka/data on own claim: data-lab-kafka-0
          because mq.type is kafka and kafka.brokerList is lab-kafka:9092, Kafka's brokers keep the log
        log.zookeeper: StatefulSet/lab-zookeeper zookeeper:/bitnami/zookeeper/data on own claim: data-lab-zookeeper-0
          because mq.type is kafka and kafka.brokerList is lab-kafka:9092, ZooKeeper keeps which topics and partitions Kafka has: without it the log cannot be read"
      `);
    });

    test('v2.5-pulsar.yaml', () => {
      expect(ofFile('v2.5-pulsar.yaml')).toMatchInlineSnapshot(`
        "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0 data-my-release-etcd-1 data-my-release-etcd-2
          because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus-cluster.svc.cluster.local:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
        object: StatefulSet/my-release-minio minio:/export on own claim: export-my-release-minio-0 export-my-release-minio-1 export-my-release-minio-2 export-my-release-minio-3
          because minio.address is my-release-minio, MinIO keeps every segment and index
        log.zookeeper: StatefulSet/my-release-pulsarv3-zookeeper my-release-pulsarv3-zookeeper:/pulsar/data/zookeeper on own claim: my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-0 my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-1 my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-2
          because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, ZooKeeper keeps which topics and ledgers Pulsar has: without it the log cannot be read
        log.journal: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/journal on own claim: my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-0 my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-1 my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-2
          because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, a bookie's journal holds what it acknowledged and has nowhere else yet
        log.ledgers: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/ledgers on own claim: my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-0 my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-1 my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-2
          because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, the bookies' ledgers are the log"
      `);
    });

    test('v2.6.15-standalone.yaml', () => {
      expect(ofFile('v2.6.15-standalone.yaml')).toMatchInlineSnapshot(`
        "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0
          because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.default.svc.cluster.local:2379, etcd keeps every collection, segment and checkpoint that Milvus knows of
        object: Deployment/my-release-minio minio:/export on own claim: my-release-minio
          because minio.address is my-release-minio, MinIO keeps every segment and index; and because mq.type is woodpecker and woodpecker.storage.type is minio, the log is in the bucket: MinIO's claims carry it
        not log: woodpecker
          because mq.type is woodpecker and woodpecker.storage.type is minio, the log is in the bucket: MinIO's claims carry it, and the standalone pod keeps none of it"
      `);
    });

    test('v2.6.15-woodpecker-service.yaml', () => {
      expect(ofFile('v2.6.15-woodpecker-service.yaml')).toMatchInlineSnapshot(`
        "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0 data-my-release-etcd-1 data-my-release-etcd-2
          because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus-cluster.svc.cluster.local:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
        object: StatefulSet/my-release-minio minio:/export on own claim: export-my-release-minio-0 export-my-release-minio-1 export-my-release-minio-2 export-my-release-minio-3
          because minio.address is my-release-minio, MinIO keeps every segment and index
        log.replica: StatefulSet/my-release-milvus-woodpecker woodpecker:/woodpecker/data on own claim: woodpecker-storage-my-release-milvus-woodpecker-0 woodpecker-storage-my-release-milvus-woodpecker-1 woodpecker-storage-my-release-milvus-woodpecker-2 woodpecker-storage-my-release-milvus-woodpecker-3
          because mq.type is woodpecker and woodpecker.storage.type is service and its seeds are my-release-milvus-woodpecker-0.my-release-milvus-woodpecker-headless:18080 and 3 more, each replica's staged files are the only copy of its part of the log until it is compacted"
      `);
    });

    test('v2.6.2-default.yaml', () => {
      expect(ofFile('v2.6.2-default.yaml')).toMatchInlineSnapshot(`
        "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0 data-my-release-etcd-1 data-my-release-etcd-2
          because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.default.svc.cluster.local:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
        object: StatefulSet/my-release-minio minio:/export on own claim: export-my-release-minio-0 export-my-release-minio-1 export-my-release-minio-2 export-my-release-minio-3
          because minio.address is my-release-minio, MinIO keeps every segment and index
        log.zookeeper: StatefulSet/my-release-pulsarv3-zookeeper my-release-pulsarv3-zookeeper:/pulsar/data/zookeeper on own claim: my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-0 my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-1 my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-2
          because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, ZooKeeper keeps which topics and ledgers Pulsar has: without it the log cannot be read
        log.journal: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/journal on own claim: my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-0 my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-1 my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-2
          because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, a bookie's journal holds what it acknowledged and has nowhere else yet
        log.ledgers: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/ledgers on own claim: my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-0 my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-1 my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-2
          because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, the bookies' ledgers are the log"
      `);
    });

    test('v2.6.2-kafka.yaml', () => {
      expect(ofFile('v2.6.2-kafka.yaml')).toMatchInlineSnapshot(`
        "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0 data-my-release-etcd-1 data-my-release-etcd-2
          because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus-cluster.svc.cluster.local:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
        object: StatefulSet/my-release-minio minio:/export on own claim: export-my-release-minio-0 export-my-release-minio-1 export-my-release-minio-2 export-my-release-minio-3
          because minio.address is my-release-minio, MinIO keeps every segment and index
        log.broker: StatefulSet/my-release-kafka kafka:/bitnami/kafka/data on own claim: data-my-release-kafka-0 data-my-release-kafka-1 data-my-release-kafka-2
          because mq.type is kafka and kafka.brokerList is my-release-kafka:9092, Kafka's brokers keep the log
        log.zookeeper: StatefulSet/my-release-zookeeper zookeeper:/bitnami/zookeeper/data on own claim: data-my-release-zookeeper-0 data-my-release-zookeeper-1 data-my-release-zookeeper-2
          because mq.type is kafka and kafka.brokerList is my-release-kafka:9092, ZooKeeper keeps which topics and partitions Kafka has: without it the log cannot be read"
      `);
    });

    test('v2.6.2-woodpecker.yaml', () => {
      expect(ofFile('v2.6.2-woodpecker.yaml')).toMatchInlineSnapshot(`
        "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0 data-my-release-etcd-1 data-my-release-etcd-2
          because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus-cluster.svc.cluster.local:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
        object: StatefulSet/my-release-minio minio:/export on own claim: export-my-release-minio-0 export-my-release-minio-1 export-my-release-minio-2 export-my-release-minio-3
          because minio.address is my-release-minio, MinIO keeps every segment and index; and because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: MinIO's claims carry it
        not log: woodpecker
          because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: MinIO's claims carry it, and a streamingnode keeps none of it"
      `);
    });
  },
);

describe.skipIf(recordings === undefined)('what the operator installs (RECORDINGS names the folder)', () => {
  test('2.3 with Kafka', () => {
    expect(durability(understand(loadRecording(recordings ?? '', 'operator')))).toMatchInlineSnapshot(`
      "metadata: StatefulSet/vectors-etcd etcd:/bitnami/etcd/data on own claim: data-vectors-etcd-0 data-vectors-etcd-1 data-vectors-etcd-2
        because etcd.endpoints is vectors-etcd-0.vectors-etcd-headless.operated:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
      object: StatefulSet/vectors-minio minio:/export on own claim: export-vectors-minio-0 export-vectors-minio-1 export-vectors-minio-2 export-vectors-minio-3
        because minio.address is vectors-minio.operated, MinIO keeps every segment and index
      log.broker: StatefulSet/vectors-kafka kafka:/bitnami/kafka/data on own claim: data-vectors-kafka-0
        because mq.type is kafka and kafka.brokerList is vectors-kafka.operated:9092, Kafka's brokers keep the log
      log.zookeeper: StatefulSet/vectors-kafka-zookeeper zookeeper:/bitnami/zookeeper/data on own claim: data-vectors-kafka-zookeeper-0
        because mq.type is kafka and kafka.brokerList is vectors-kafka.operated:9092, ZooKeeper keeps which topics and partitions Kafka has: without it the log cannot be read"
    `);
  });

  test('2.6 with Woodpecker', () => {
    expect(durability(understand(loadRecording(recordings ?? '', 'operator26')))).toMatchInlineSnapshot(`
      "metadata: StatefulSet/books-etcd etcd:/bitnami/etcd/data on own claim: data-books-etcd-0 data-books-etcd-1 data-books-etcd-2
        because etcd.endpoints is books-etcd-0.books-etcd-headless.operated26:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
      object: StatefulSet/books-minio minio:/export on own claim: export-books-minio-0 export-books-minio-1 export-books-minio-2 export-books-minio-3
        because minio.address is books-minio.operated26, MinIO keeps every segment and index; and because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: MinIO's claims carry it
      not log: woodpecker
        because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: MinIO's claims carry it, and a streamingnode keeps none of it"
    `);
  });

  test.skipIf(manifests === undefined)('2.3 with Kafka by Helm, with the ConfigMap that was applied', () => {
    const file = 'v2.3.5-kafka.yaml';
    const applied = observationOfManifest(readFileSync(join(manifests ?? '', file), 'utf8'), { file });
    const observation = loadRecording(recordings ?? '', 'list', applied.objects.ConfigMap);
    expect(durability(understand(observation))).toBe(durability(understand(applied)));
  });
});

describe('each log makes its own demands', () => {
  test('woodpecker, embedded, in the bucket', () => {
    expect(ofLayout('woodpecker')).toMatchInlineSnapshot(`
      "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0 data-my-release-etcd-1 data-my-release-etcd-2
        because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus.svc.cluster.local:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
      object: StatefulSet/my-release-minio minio:/export on own claim: export-my-release-minio-0 export-my-release-minio-1 export-my-release-minio-2 export-my-release-minio-3
        because minio.address is my-release-minio, MinIO keeps every segment and index; and because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: MinIO's claims carry it
      not log: woodpecker
        because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: MinIO's claims carry it, and a streamingnode keeps none of it"
    `);
  });

  test('woodpecker, in files, standalone: a claim over its root path', () => {
    expect(ofLayout('standalone')).toMatchInlineSnapshot(`
      "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0
        because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus.svc.cluster.local:2379, etcd keeps every collection, segment and checkpoint that Milvus knows of
      object: Deployment/my-release-minio minio:/export on own claim: my-release-minio
        because minio.address is my-release-minio, MinIO keeps every segment and index
      log.data: Deployment/my-release-milvus-standalone standalone:/var/lib/milvus/wp on own claim: my-release-milvus
        because mq.type is woodpecker and woodpecker.storage.type is local, the log is in files here"
    `);
  });

  test('woodpecker, in files, cluster, with one volume for all streamingnodes', () => {
    expect(
      logOf('woodpecker', {
        settings: { woodpecker: { storage: { type: 'local', rootPath: '/shared/wp' } } },
        edits: sharedVolume,
      }),
    ).toMatchInlineSnapshot(`
      "log.data: Deployment/my-release-milvus-streamingnode streamingnode:/shared/wp on shared claim: shared-wal
        because mq.type is woodpecker and woodpecker.storage.type is local, the log is in files, and any streamingnode must be able to go on with any channel: all of them need the same volume, one that several nodes can write (ReadWriteMany)"
    `);
  });

  test('woodpecker, as a service', () => {
    expect(logOf('woodpecker-service')).toMatchInlineSnapshot(`
      "log.replica: StatefulSet/my-release-milvus-woodpecker woodpecker:/woodpecker/data on own claim: woodpecker-storage-my-release-milvus-woodpecker-0 woodpecker-storage-my-release-milvus-woodpecker-1 woodpecker-storage-my-release-milvus-woodpecker-2 woodpecker-storage-my-release-milvus-woodpecker-3
        because mq.type is woodpecker and woodpecker.storage.type is service and its seeds are my-release-milvus-woodpecker-0.my-release-milvus-woodpecker-headless:18080 and 3 more, each replica's staged files are the only copy of its part of the log until it is compacted"
    `);
  });

  test('pulsar', () => {
    expect(logOf('pulsar')).toMatchInlineSnapshot(`
      "log.zookeeper: StatefulSet/my-release-pulsarv3-zookeeper my-release-pulsarv3-zookeeper:/pulsar/data/zookeeper on own claim: my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-0 my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-1 my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-2
        because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, ZooKeeper keeps which topics and ledgers Pulsar has: without it the log cannot be read
      log.journal: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/journal on own claim: my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-0 my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-1 my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-2
        because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, a bookie's journal holds what it acknowledged and has nowhere else yet
      log.ledgers: StatefulSet/my-release-pulsarv3-bookie my-release-pulsarv3-bookie:/pulsar/data/bookkeeper/ledgers on own claim: my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-0 my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-1 my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-2
        because mq.type is pulsar and pulsar.address is my-release-pulsarv3-proxy, the bookies' ledgers are the log"
    `);
  });

  test('kafka', () => {
    expect(logOf('kafka')).toMatchInlineSnapshot(`
      "log.broker: StatefulSet/my-release-kafka kafka:/bitnami/kafka/data on own claim: data-my-release-kafka-0 data-my-release-kafka-1 data-my-release-kafka-2
        because mq.type is kafka and kafka.brokerList is my-release-kafka:9092, Kafka's brokers keep the log
      log.zookeeper: StatefulSet/my-release-zookeeper zookeeper:/bitnami/zookeeper/data on own claim: data-my-release-zookeeper-0 data-my-release-zookeeper-1 data-my-release-zookeeper-2
        because mq.type is kafka and kafka.brokerList is my-release-kafka:9092, ZooKeeper keeps which topics and partitions Kafka has: without it the log cannot be read"
    `);
  });

  test('rocksmq', () => {
    expect(logOf('standalone', { settings: { mq: { type: 'rocksmq' } } })).toMatchInlineSnapshot(`
      "log.data: Deployment/my-release-milvus-standalone standalone:/var/lib/milvus/rdb_data on own claim: my-release-milvus
        because mq.type is rocksmq, the log is in files here"
    `);
  });

  test('natsmq', () => {
    expect(logOf('standalone', { settings: { mq: { type: 'natsmq' } } })).toMatchInlineSnapshot(`
      "log.data: Deployment/my-release-milvus-standalone standalone:/var/lib/milvus/nats on own claim: my-release-milvus
        because mq.type is natsmq, the log is in files here"
    `);
  });

  test('rocksmq in a cluster, where it cannot work', () => {
    expect(logOf('woodpecker', { settings: { mq: { type: 'rocksmq' } } })).toMatchInlineSnapshot(`
      "MISSING log: rocksmq
        because mq.type is rocksmq, this store is needed, but rocksmq works in standalone only, and this is a cluster"
    `);
  });
});

test('a streamingnode Deployment with zero replicas is a spare: nothing is required of it', () => {
  const { objects, ...observation } = observationOfLayout('woodpecker', {
    settings: { woodpecker: { storage: { type: 'local' } } },
  });
  const spares = objects.Deployment.filter(({ metadata }) => metadata.name.endsWith('streamingnode')).map(
    ({ metadata, spec }) => ({ metadata: { ...metadata, name: 'spare' }, spec: { ...spec, replicas: 0 } }),
  );
  const pair = { ...observation, objects: { ...objects, Deployment: [...spares, ...objects.Deployment] } };
  expect(durability(understand(pair))).toContain('log.data: Deployment/my-release-milvus-streamingnode');
  expect(durability(understand(pair))).not.toContain('Deployment/spare');
});

describe('the traps', () => {
  test("chart's local in a cluster: nothing is mounted at the root path", () => {
    expect(
      logOf('woodpecker', {
        settings: { woodpecker: { storage: { type: 'local', rootPath: '/woodpecker/data' } } },
      }),
    ).toMatchInlineSnapshot(`
      "log.data: Deployment/my-release-milvus-streamingnode streamingnode:/woodpecker/data on shared claim needed, but container-layer
        because mq.type is woodpecker and woodpecker.storage.type is local, the log is in files, and any streamingnode must be able to go on with any channel: all of them need the same volume, one that several nodes can write (ReadWriteMany)"
    `);
  });

  test('local objects in standalone: the emptyDir is mounted over the claim', () => {
    expect(ofLayout('standalone', { settings: { common: { storageType: 'local' } } })).toMatchInlineSnapshot(`
      "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0
        because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus.svc.cluster.local:2379, etcd keeps every collection, segment and checkpoint that Milvus knows of
      object: Deployment/my-release-milvus-standalone standalone:/var/lib/milvus/data on own claim needed, but emptyDir
        because common.storageType is local, files here are every segment and index
      log.data: Deployment/my-release-milvus-standalone standalone:/var/lib/milvus/wp on own claim: my-release-milvus
        because mq.type is woodpecker and woodpecker.storage.type is local, the log is in files here"
    `);
  });

  test('woodpecker service with the root path of standalone: off its claim', () => {
    expect(
      logOf('woodpecker-service', {
        edits: [['rootPath: /woodpecker/data', 'rootPath: /var/lib/milvus/wp']],
      }),
    ).toMatchInlineSnapshot(`
      "log.replica: StatefulSet/my-release-milvus-woodpecker woodpecker:/var/lib/milvus/wp on own claim needed, but container-layer
        because mq.type is woodpecker and woodpecker.storage.type is service and its seeds are my-release-milvus-woodpecker-0.my-release-milvus-woodpecker-headless:18080 and 3 more, each replica's staged files are the only copy of its part of the log until it is compacted"
    `);
  });
});

describe('stores that are elsewhere', () => {
  test('external etcd and S3, the bundled ones still there', () => {
    expect(
      ofLayout('woodpecker', {
        settings: { etcd: { endpoints: ['etcd.example.com:2379'] }, minio: { address: 's3.example.com' } },
      }),
    ).toMatchInlineSnapshot(`
      "not metadata: etcd
        because etcd.endpoints is etcd.example.com:2379, it is external: etcd.example.com:2379 leads to no workload of namespace milvus, and what it keeps is for its owner to make durable
      not object: s3
        because minio.address is s3.example.com, it is external: s3.example.com leads to no workload of namespace milvus, and what it keeps is for its owner to make durable
      not log: woodpecker
        because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: the object store carries it, and a streamingnode keeps none of it"
    `);
  });

  test('external Kafka', () => {
    expect(
      logOf('kafka', { settings: { kafka: { brokerList: 'kafka.other.svc.cluster.local:9092' } } }),
    ).toMatchInlineSnapshot(`
      "not log: kafka
        because mq.type is kafka and kafka.brokerList is kafka.other.svc.cluster.local:9092, it is external: kafka.other.svc.cluster.local:9092 leads to no workload of namespace milvus, and what it keeps is for its owner to make durable"
    `);
  });

  test('external Pulsar', () => {
    expect(
      logOf('pulsar', { settings: { pulsar: { address: 'pulsar.example.com' } } }),
    ).toMatchInlineSnapshot(`
      "not log: pulsar
        because mq.type is pulsar and pulsar.address is pulsar.example.com, it is external: pulsar.example.com leads to no workload of namespace milvus, and what it keeps is for its owner to make durable"
    `);
  });

  test('Kafka here, its ZooKeeper elsewhere', () => {
    expect(
      logOf('kafka', { edits: [['value: my-release-zookeeper\n', 'value: zk.example.com:2181\n']] }),
    ).toMatchInlineSnapshot(`
      "log.broker: StatefulSet/my-release-kafka kafka:/bitnami/kafka/data on own claim: data-my-release-kafka-0 data-my-release-kafka-1 data-my-release-kafka-2
        because mq.type is kafka and kafka.brokerList is my-release-kafka:9092, Kafka's brokers keep the log
      not log: zookeeper
        KAFKA_CFG_ZOOKEEPER_CONNECT of StatefulSet my-release-kafka is zk.example.com:2181, which leads out of the namespace: which topics and partitions Kafka has is for the owner of that to make durable"
    `);
  });

  test("Kafka's ZooKeeper named but not there", () => {
    expect(
      logOf('kafka', { edits: [['value: my-release-zookeeper\n', 'value: my-zookeeper\n']] }),
    ).toMatchInlineSnapshot(`
      "log.broker: StatefulSet/my-release-kafka kafka:/bitnami/kafka/data on own claim: data-my-release-kafka-0 data-my-release-kafka-1 data-my-release-kafka-2
        because mq.type is kafka and kafka.brokerList is my-release-kafka:9092, Kafka's brokers keep the log
      MISSING log.zookeeper: zookeeper
        KAFKA_CFG_ZOOKEEPER_CONNECT of StatefulSet my-release-kafka is my-zookeeper: there is no Service my-zookeeper in namespace milvus; something must keep which topics and partitions Kafka has"
    `);
  });

  test('Kafka without ZooKeeper (KRaft)', () => {
    expect(
      logOf('kafka', { edits: [['name: KAFKA_CFG_ZOOKEEPER_CONNECT', 'name: KAFKA_CFG_PROCESS_ROLES']] }),
    ).toMatchInlineSnapshot(`
      "log.broker: StatefulSet/my-release-kafka kafka:/bitnami/kafka/data on own claim: data-my-release-kafka-0 data-my-release-kafka-1 data-my-release-kafka-2
        because mq.type is kafka and kafka.brokerList is my-release-kafka:9092, Kafka's brokers keep the log"
    `);
  });

  test('MinIO named but not there', () => {
    expect(ofLayout('woodpecker', { settings: { minio: { address: 'minio' } } })).toMatchInlineSnapshot(`
      "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0 data-my-release-etcd-1 data-my-release-etcd-2
        because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus.svc.cluster.local:2379 and 2 more, etcd keeps every collection, segment and checkpoint that Milvus knows of
      not log: woodpecker
        because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: the object store carries it, and a streamingnode keeps none of it
      MISSING object: minio
        because minio.address is minio, this store is needed, but there is no Service minio in namespace milvus"
    `);
  });

  test('objects in local files, the log still in the bucket', () => {
    expect(
      ofLayout('standalone', {
        settings: { common: { storageType: 'local' }, woodpecker: { storage: { type: 'minio' } } },
      }),
    ).toMatchInlineSnapshot(`
      "metadata: StatefulSet/my-release-etcd etcd:/bitnami/etcd/data on own claim: data-my-release-etcd-0
        because etcd.endpoints is my-release-etcd-0.my-release-etcd-headless.milvus.svc.cluster.local:2379, etcd keeps every collection, segment and checkpoint that Milvus knows of
      object: Deployment/my-release-milvus-standalone standalone:/var/lib/milvus/data on own claim needed, but emptyDir
        because common.storageType is local, files here are every segment and index
      log.bucket: Deployment/my-release-minio minio:/export on own claim: my-release-minio
        because mq.type is woodpecker and woodpecker.storage.type is minio and minio.address is my-release-minio, the log is in the bucket: MinIO's claims carry it, although objects are in local files"
    `);
  });
});

test('all in one container, configured by environment only: etcd, objects and log on one claim', () => {
  const manifest = {
    kind: 'Deployment',
    metadata: { name: 'milvus' },
    spec: {
      selector: { matchLabels: { app: 'milvus' } },
      template: {
        metadata: { labels: { app: 'milvus' } },
        spec: {
          containers: [
            {
              name: 'milvus',
              image: 'milvusdb/milvus:v2.5.16',
              args: ['milvus', 'run', 'standalone'],
              env: [
                { name: 'ETCD_USE_EMBED', value: 'true' },
                { name: 'ETCD_DATA_DIR', value: '/var/lib/milvus/etcd' },
                { name: 'COMMON_STORAGETYPE', value: 'local' },
              ],
              volumeMounts: [{ name: 'data', mountPath: '/var/lib/milvus' }],
            },
          ],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'vectors' } }],
        },
      },
    },
  };
  const observation = observationOfManifest(JSON.stringify(manifest), { file: 'milvus.json' });
  expect(durability(understand(observation))).toMatchInlineSnapshot(`
    "metadata: Deployment/milvus milvus:/var/lib/milvus/etcd on own claim: vectors
      because etcd.use.embed is true, etcd keeps every collection, segment and checkpoint that Milvus knows of
    object: Deployment/milvus milvus:/var/lib/milvus/data on own claim: vectors
      because common.storageType is local, files here are every segment and index
    log.data: Deployment/milvus milvus:/var/lib/milvus/rdb_data on own claim: vectors
      because mq.type is not set, so Milvus takes the first that it can: rocksmq in standalone, the log is in files here"
  `);
});

test.each(layoutNames)('%s: the same from an observation without secrets', (name) => {
  const observation = observationOfLayout(name);
  expect(durability(understand(redacted(observation)))).toBe(durability(understand(observation)));
});

function redacted(observation: Observation): Observation {
  const { objects } = observation;
  return {
    ...observation,
    objects: {
      ...objects,
      ConfigMap: objects.ConfigMap.map(redactObject.ConfigMap),
      Deployment: objects.Deployment.map(redactObject.Deployment),
      StatefulSet: objects.StatefulSet.map(redactObject.StatefulSet),
    },
  };
}
