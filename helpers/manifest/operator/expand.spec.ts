import { expect, test } from 'vitest';
import { requireDurability } from '../../topology/require.ts';
import { understand } from '../../topology/understand.ts';
import { renderManifest } from '../render.ts';
import { summarize, willLast } from '../summary.ts';

/** What becomes of a resource: log, claims, what will not last, what is unclear. */
function expanded(spec: Readonly<Record<string, unknown>>) {
  const resource = {
    apiVersion: 'milvus.io/v1beta1',
    kind: 'Milvus',
    metadata: { name: 'books', namespace: 'library' },
    spec: { components: { image: 'milvusdb/milvus:v2.6.2' }, ...spec },
  };
  const rendered = renderManifest([{ name: 'books.yaml', text: JSON.stringify(resource) }], {});
  const topology = understand(rendered.observation);
  const requirements = requireDurability(topology);
  const { claims } = summarize(rendered, topology, requirements);
  return {
    instance: `${topology.instance.mode} ${topology.instance.managedBy}`,
    log: topology.logType,
    roles: topology.components.map(({ role }) => role),
    claims: claims.map(({ name, size }) => `${name} ${size}`),
    places: new Set(claims.map(({ place }) => place)),
    lost: requirements.required.flatMap((each) => (willLast(each) ? [] : [each.what])),
    exempt: requirements.exempt.map(({ product }) => product),
    missing: requirements.missing,
    unclear: rendered.observation.manifest?.unclear.map(({ state, detail }) => `${state}: ${detail}`),
  };
}

const etcd = ['data-books-etcd-0 10Gi', 'data-books-etcd-1 10Gi', 'data-books-etcd-2 10Gi'];
const minio = [0, 1, 2, 3].map((pod) => `export-books-minio-${pod} 500Gi`);

test('a cluster with Woodpecker: etcd and MinIO keep everything, at the resource’s line', () => {
  expect(expanded({ mode: 'cluster', dependencies: { msgStreamType: 'woodpecker' } })).toEqual({
    instance: 'cluster operator',
    log: 'woodpecker',
    roles: ['proxy', 'mixcoord', 'querynode', 'datanode', 'streamingnode'],
    claims: [...etcd, ...minio],
    places: new Set(['books.yaml:1']),
    lost: [],
    exempt: ['woodpecker'],
    missing: [],
    unclear: [],
  });
});

test('before 2.6 an indexnode takes the streaming node’s place', () => {
  const { roles } = expanded({
    mode: 'cluster',
    components: { image: 'milvusdb/milvus:v2.5.4' },
    dependencies: { msgStreamType: 'kafka' },
  });
  expect(roles).toEqual(['proxy', 'mixcoord', 'querynode', 'datanode', 'indexnode']);
});

test('a standalone with RocksMQ loses its log with the pod, unless persistence is on', () => {
  const without = expanded({ mode: 'standalone', dependencies: { msgStreamType: 'rocksmq' } });
  expect(without.claims).toEqual(['books-minio 500Gi', 'data-books-etcd-0 10Gi']);
  expect(without.lost).toHaveLength(1);
  const rocksmq = { persistence: { enabled: true, persistentVolumeClaim: { spec: null } } };
  const kept = expanded({ mode: 'standalone', dependencies: { msgStreamType: 'rocksmq', rocksmq } });
  expect(kept.claims).toContain('books-data 5Gi');
  expect(kept.lost).toEqual([]);
});

test('persistence off in the values is an emptyDir', () => {
  const values = { persistence: { enabled: false } };
  const { claims, lost } = expanded({
    mode: 'cluster',
    dependencies: { msgStreamType: 'woodpecker', etcd: { inCluster: { values } } },
  });
  expect(claims).toEqual(minio);
  expect(lost).toEqual(['every collection, segment and checkpoint that Milvus knows of']);
});

test('stores outside the cluster are followed by their endpoints', () => {
  const { claims, exempt, missing } = expanded({
    mode: 'cluster',
    dependencies: {
      msgStreamType: 'kafka',
      etcd: { external: true, endpoints: ['etcd.example.com:2379'] },
      storage: { external: true, endpoint: 's3.example.com:443' },
      kafka: { external: true, brokerList: ['kafka.example.com:9092'] },
    },
  });
  expect(claims).toEqual([]);
  expect(exempt).toEqual(['etcd', 's3', 'kafka']);
  expect(missing).toEqual([]);
});

test('Pulsar in the cluster: its three durable parts are known, their sizes only to its chart', () => {
  const { claims, lost, missing, unclear } = expanded({
    mode: 'cluster',
    components: { image: 'milvusdb/milvus:v2.5.4' },
    dependencies: { msgStreamType: 'pulsar' },
  });
  expect(missing).toEqual([]);
  expect(lost).toEqual([]);
  expect(claims).toHaveLength(3 + 4 + 9);
  expect(unclear).toEqual([expect.stringMatching(/^unknown: spec\.dependencies\.pulsar is in the cluster/)]);
});

test.each([
  [
    {},
    [
      "unknown: spec.dependencies.msgStreamType is not set: which log is used, the operator's own release decides. Judged as rocksmq.",
    ],
  ],
  [
    { mode: 'clustered', dependencies: { msgStreamType: 'rabbit' } },
    [
      'refused: spec.mode is "clustered"; the operator knows standalone, cluster.',
      'refused: spec.dependencies.msgStreamType is "rabbit"; the operator knows woodpecker, kafka, pulsar, rocksmq, natsmq, custom.',
    ],
  ],
])('%j: what the resource does not decide is said', (spec, unclear) => {
  expect(expanded(spec).unclear).toEqual(unclear);
});
