import type { ManifestObject } from '../../topology/manifest-objects.ts';
import { dataVolume, imageOf, made, persistence, server, type Origin } from './make.ts';
import { member, numberAt, recordAt, textAt, textsAt } from './settings.ts';

/** One store as a dependency of a resource: its objects, and what Milvus is told of it. */
export interface MadeStore {
  readonly objects: readonly ManifestObject[];
  readonly settings: Readonly<Record<string, unknown>>;
}

type Dependencies = Readonly<Record<string, unknown>>;
type Mode = 'cluster' | 'standalone';

/** etcd: chart etcd 8, release `<cr>-etcd`. */
export function madeEtcd(origin: Origin, dependencies: Dependencies, mode: Mode): MadeStore {
  const rootPath = origin.name;
  if (member(dependencies, 'etcd.external') === true) {
    return {
      objects: [],
      settings: { etcd: { endpoints: textsAt(dependencies, 'etcd.endpoints'), rootPath } },
    };
  }
  const values = recordAt(dependencies, 'etcd.inCluster.values');
  const name = `${origin.name}-etcd`;
  const replicas = numberAt(values, 'replicaCount') ?? (mode === 'cluster' ? 3 : 1);
  const container = {
    name: 'etcd',
    image: imageOf(values, 'milvusdb/etcd'),
    env: [{ name: 'ETCD_DATA_DIR', value: '/bitnami/etcd/data' }],
    volumeMounts: [{ name: 'data', mountPath: '/bitnami/etcd' }],
    resources: recordAt(values, 'resources'),
  };
  const labels = { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': name };
  const data = dataVolume('data', persistence(values, 'persistence', '10Gi'));
  const endpoints = Array.from({ length: replicas }, (_, at) => `${name}-${at}.${name}-headless:2379`);
  return {
    objects: server({ origin, name, labels, replicas, container, ...data }),
    settings: { etcd: { endpoints, rootPath } },
  };
}

/** Object storage: chart minio 8, release `<cr>-minio`; a Deployment where its mode is standalone. */
export function madeObjectStorage(origin: Origin, dependencies: Dependencies, mode: Mode): MadeStore {
  const bucketName = textAt(dependencies, 'storage.inCluster.values.bucketName') ?? origin.name;
  if (member(dependencies, 'storage.external') === true) {
    const [address = '', port] = (textAt(dependencies, 'storage.endpoint') ?? '').split(':');
    return {
      objects: [],
      settings: { minio: { address, ...(port !== undefined && { port: Number(port) }), bucketName } },
    };
  }
  const values = recordAt(dependencies, 'storage.inCluster.values');
  const name = `${origin.name}-minio`;
  const labels = { app: 'minio', release: name };
  const wanted = persistence(values, 'persistence', '500Gi');
  const isDistributed =
    (textAt(values, 'mode') ?? (mode === 'cluster' ? 'distributed' : 'standalone')) === 'distributed';
  const replicas = isDistributed ? (numberAt(values, 'statefulset.replicaCount') ?? 4) : 1;
  const drives = isDistributed ? `http://${name}-{0...${replicas - 1}}.${name}-headless/export` : '/export';
  const container = {
    name: 'minio',
    image: imageOf(values, 'minio/minio'),
    args: ['minio', 'server', drives],
    volumeMounts: [{ name: 'export', mountPath: '/export' }],
    resources: recordAt(values, 'resources'),
  };
  const password = textAt(values, 'secretKey') ?? 'minioadmin';
  const settings = { minio: { address: name, port: 9000, bucketName, secretAccessKey: password } };
  if (isDistributed) {
    return {
      objects: server({ origin, name, labels, replicas, container, ...dataVolume('export', wanted) }),
      settings,
    };
  }
  const existing = textAt(values, 'persistence.existingClaim');
  const claimName = existing ?? name;
  const volume = wanted.enabled
    ? { name: 'export', persistentVolumeClaim: { claimName } }
    : { name: 'export', emptyDir: {} };
  return {
    settings,
    objects: [
      made(origin, 'Deployment', name, {
        labels,
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container], volumes: [volume] } },
        },
      }),
      made(origin, 'Service', name, { spec: { selector: labels } }),
      ...(wanted.enabled && existing === undefined
        ? [made(origin, 'PersistentVolumeClaim', claimName, { labels, spec: wanted.spec })]
        : []),
    ],
  };
}
