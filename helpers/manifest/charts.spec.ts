import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldNames } from '../report/manifest.ts';
import { requireDurability } from '../topology/require.ts';
import { understand } from '../topology/understand.ts';
import { renderManifest } from './render.ts';
import { summarize, willLast, type ManifestSummary } from './summary.ts';

const folder = process.env['CHART_MANIFESTS'];
const recordings = process.env['RECORDINGS'];

function summaryOf(name: string, text: string): ManifestSummary {
  const rendered = renderManifest([{ name, text }], {});
  const topology = understand(rendered.observation);
  return summarize(rendered, topology, requireDurability(topology));
}

function chart(name: string): ManifestSummary {
  return summaryOf(name, readFileSync(path.join(folder ?? '', name), 'utf8'));
}

/** `names size: what must last on it (place)`. */
function claimsOf({ claims }: ManifestSummary): readonly string[] {
  const alike = Map.groupBy(claims, ({ name }) => name.replace(/\d+$/, ''));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { size, keeps, accessModes, storageClass, place } = first;
    expect([accessModes, storageClass]).toEqual([['ReadWriteOnce'], undefined]);
    return [
      `${foldNames(group.map(({ name }) => name))} ${size}: ${keeps.join('; ') || '-'} (${place?.split(':').at(-1)})`,
    ];
  });
}

const metadata = 'every collection, segment and checkpoint that Milvus knows of';
const objects = 'every segment and index';
const pulsar = (line: number, etcd: number, minio: number, zookeeper: number) => [
  `data-my-release-etcd-{0..2} 10Gi: ${metadata} (${etcd})`,
  `export-my-release-minio-{0..3} 500Gi: ${objects} (${minio})`,
  `my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-{0..2} 100Gi: Pulsar's bookie journal (${line})`,
  `my-release-pulsarv3-bookie-ledgers-my-release-pulsarv3-bookie-{0..2} 200Gi: Pulsar's bookie ledgers (${line})`,
  `my-release-pulsarv3-zookeeper-data-my-release-pulsarv3-zookeeper-{0..2} 20Gi: which topics and ledgers Pulsar has (${zookeeper})`,
];

describe.skipIf(folder === undefined)('rendered charts (CHART_MANIFESTS)', () => {
  test.each([
    [
      'v2.3.5-kafka.yaml',
      'cluster 2.3.5 kafka',
      [
        `data-lab-etcd-{0..2} 10Gi: ${metadata} (1541)`,
        'data-lab-zookeeper-0 8Gi: which topics and partitions Kafka has (1699)',
        "data-lab-kafka-0 300Gi: the log, on Kafka's brokers (1859)",
        `export-lab-minio-{0..3} 5Gi: ${objects} (2072)`,
      ],
    ],
    ['v2.5-pulsar.yaml', 'cluster 2.5.16 pulsar', pulsar(2049, 1669, 1827, 2490)],
    ['v2.6.2-default.yaml', 'cluster 2.6.2 pulsar', pulsar(2045, 1665, 1823, 2486)],
    [
      'v2.6.2-kafka.yaml',
      'cluster 2.6.2 kafka',
      [
        `data-my-release-etcd-{0..2} 10Gi: ${metadata} (1115)`,
        'data-my-release-zookeeper-{0..2} 8Gi: which topics and partitions Kafka has (1273)',
        "data-my-release-kafka-{0..2} 300Gi: the log, on Kafka's brokers (1433)",
        `export-my-release-minio-{0..3} 500Gi: ${objects} (1646)`,
      ],
    ],
    [
      'v2.6.2-woodpecker.yaml',
      'cluster 2.6.2 woodpecker',
      [
        `data-my-release-etcd-{0..2} 10Gi: ${metadata} (925)`,
        `export-my-release-minio-{0..3} 500Gi: ${objects} (1083)`,
      ],
    ],
    [
      'v2.6.15-woodpecker-service.yaml',
      'cluster 2.6.15 woodpecker',
      [
        `data-my-release-etcd-{0..2} 10Gi: ${metadata} (972)`,
        `export-my-release-minio-{0..3} 500Gi: ${objects} (1131)`,
        "woodpecker-storage-my-release-milvus-woodpecker-{0..3} 30Gi: a Woodpecker replica's part of the log (1233)",
      ],
    ],
    [
      'v2.6.15-standalone.yaml',
      'standalone 2.6.15 woodpecker',
      [
        `my-release-minio 500Gi: ${objects} (241)`,
        'my-release-milvus 50Gi: - (260)',
        `data-my-release-etcd-0 10Gi: ${metadata} (587)`,
      ],
    ],
  ])('%s: every claim that will be made, and what must last on it', (name, what, claims) => {
    const summary = chart(name);
    const { instance, logType } = summary.topology;
    expect(`${instance.mode} ${instance.version} ${logType}`).toBe(what);
    expect(claimsOf(summary)).toEqual(claims);
    expect(summary.requirements.required.filter((each) => !willLast(each))).toEqual([]);
    expect(summary.requirements.missing).toEqual([]);
  });

  test('2.6.2 with Woodpecker: why the log needs no claim of its own', () => {
    expect(chart('v2.6.2-woodpecker.yaml').requirements.exempt.map(({ reason }) => reason)).toEqual([
      "because mq.type is woodpecker and woodpecker.storage.type is not set, which means minio, the log is in the bucket: MinIO's claims carry it, and a streamingnode keeps none of it",
    ]);
  });

  test('images of every container and Job, each once, as they are named', () => {
    expect(chart('v2.6.2-default.yaml').images).toEqual([
      'apachepulsar/pulsar:3.0.7',
      expect.stringMatching(/^[a-z.]+\/milvusdb\/etcd:3\.5\.18-r1$/),
      'milvusdb/milvus:v2.6.2',
      'minio/minio:RELEASE.2024-12-18T13-15-44Z',
    ]);
    expect(chart('v2.3.5-kafka.yaml').images).toContain('milvusdb/milvus-config-tool:v0.1.2');
  });

  test('sums: requests and limits times replicas, storage of all claims, and who asks for nothing', () => {
    const GiB = 2 ** 30;
    expect(chart('v2.6.2-default.yaml').asked).toEqual({
      pods: 23,
      requests: { cpu: 4.2, memory: 21 * GiB },
      limits: { cpu: 0, memory: 0 },
      storage: (3 * 10 + 4 * 500 + 3 * 100 + 3 * 200 + 3 * 20) * GiB,
      silentContainers: 12,
      jobs: 2,
    });
  });
});

describe.skipIf(recordings === undefined)('Milvus resources whose operator was watched (RECORDINGS)', () => {
  function recorded(name: string): { readonly items: readonly RecordedObject[] } {
    const recording: { readonly response: { readonly body: { readonly items: RecordedObject[] } } } =
      JSON.parse(readFileSync(path.join(recordings ?? '', name), 'utf8'));
    return recording.response.body;
  }

  test.each(['operator', 'operator26'])('%s: the claims are those that it made', (name) => {
    const [resource] = recorded(`${name}-milvus.json`).items;
    const text = resource?.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'] ?? '';
    const made = recorded(`${name}-persistentvolumeclaims.json`).items.map(
      ({ metadata: { name: claim }, spec }) => `${claim} ${spec.resources?.requests.storage}`,
    );
    const summary = summaryOf(`${name}.json`, text);
    expect(summary.claims.map(({ name: claim, size }) => `${claim} ${size}`).toSorted()).toEqual(
      made.toSorted(),
    );
    const running = recorded(`${name}-deployments.json`).items.filter(({ spec }) => spec.replicas !== 0);
    expect(summary.topology.components.map(({ workload }) => workload.metadata.name).toSorted()).toEqual(
      running.map(({ metadata: { name: workload } }) => workload).toSorted(),
    );
  });
});

interface RecordedObject {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly replicas?: number;
    readonly resources?: { readonly requests: { readonly storage: string } };
  };
}
