import { expect, test } from 'vitest';
import type { Container } from './objects.ts';
import { bookiePaths, type DataPath, etcdPaths, kafkaPaths, minioPaths, zookeeperPaths } from './paths.ts';

const bitnami = { volumeMounts: [{ name: 'data', mountPath: '/bitnami/store' }] };

function env(variables: Readonly<Record<string, string>>): Pick<Container, 'env'> {
  return { env: Object.entries(variables).map(([name, value]) => ({ name, value })) };
}

function seen(paths: readonly DataPath[]): readonly string[] {
  return paths.map(({ path, pathFrom }) => `${path} (${pathFrom})`);
}

type Case = [title: string, container: Partial<Container>, paths: readonly string[]];

test.each<Case>([
  ['environment', env({ ETCD_DATA_DIR: '/bitnami/etcd/data' }), ['/bitnami/etcd/data (ETCD_DATA_DIR)']],
  [
    'argument wins',
    { args: ['etcd', '--data-dir=/a'], ...env({ ETCD_DATA_DIR: '/b' }) },
    ['/a (--data-dir)'],
  ],
  ['its log apart', { args: ['--data-dir', '/a', '--wal-dir', '/w'] }, ['/a (--data-dir)', '/w (--wal-dir)']],
  ['Bitnami default', bitnami, ['/bitnami/etcd/data (default of the image)']],
  ['etcd default', {}, ['/default.etcd (default of the image)']],
])('etcd: %s', (_, container, paths) => {
  expect(seen(etcdPaths({ name: 'etcd', ...container }, []))).toEqual(paths);
});

test.each<Case>([
  [
    'distributed, in a shell line with an option before',
    {
      command: [
        '/bin/sh',
        '-ce',
        '/usr/bin/docker-entrypoint.sh minio -S /etc/minio/certs/ server  http://m-{0...3}.m-svc.db.svc/export',
      ],
    },
    ['/export (minio server)'],
  ],
  [
    'options after',
    { args: ['server', '--console-address', ':9001', '--quiet', '/data'] },
    ['/data (minio server)'],
  ],
  [
    'several drives',
    { args: ['server', 'http://m-{0...1}/d{1...2}'] },
    ['/d1 (minio server)', '/d2 (minio server)'],
  ],
  ['volumes by environment', env({ MINIO_VOLUMES: '/a /b' }), ['/a (MINIO_VOLUMES)', '/b (MINIO_VOLUMES)']],
  ['Bitnami default', bitnami, ['/bitnami/minio/data (default of the image)']],
])('MinIO: %s', (_, container, paths) => {
  expect(seen(minioPaths({ name: 'minio', ...container }, []))).toEqual(paths);
});

test.each<Case>([
  [
    'log directories, and not the folder of text logs',
    env({ KAFKA_LOG_DIR: '/opt/bitnami/kafka/logs', KAFKA_CFG_LOG_DIRS: '/a, /b' }),
    ['/a (KAFKA_CFG_LOG_DIRS)', '/b (KAFKA_CFG_LOG_DIRS)'],
  ],
  ['Bitnami default', bitnami, ['/bitnami/kafka/data (default of the image)']],
  [
    'Confluent default',
    { image: 'confluentinc/cp-kafka:7.6' },
    ['/var/lib/kafka/data (default of the image)'],
  ],
])('Kafka: %s', (_, container, paths) => {
  expect(seen(kafkaPaths({ name: 'kafka', ...container }, []))).toEqual(paths);
});

test.each<Case>([
  [
    'Bitnami, log directory empty',
    { ...bitnami, ...env({ ZOO_DATA_LOG_DIR: '' }) },
    ['/bitnami/zookeeper/data (default of the image)'],
  ],
  [
    'Bitnami, log directory apart',
    { ...bitnami, ...env({ ZOO_DATA_LOG_DIR: '/log' }) },
    ['/bitnami/zookeeper/data (default of the image)', '/log (ZOO_DATA_LOG_DIR)'],
  ],
  [
    'official image',
    { image: 'zookeeper:3.9' },
    ['/data (default of the image)', '/datalog (default of the image)'],
  ],
  [
    "Pulsar's, relative",
    { image: 'apachepulsar/pulsar:3.0.7', ...env({ dataDir: 'data/zookeeper' }) },
    ['/pulsar/data/zookeeper (dataDir)'],
  ],
])('ZooKeeper: %s', (_, container, paths) => {
  expect(seen(zookeeperPaths({ name: 'zookeeper', ...container }, []))).toEqual(paths);
});

test("a bookie's directories come from its ConfigMap, each a list", () => {
  const container: Container = { name: 'bookie', envFrom: [{ configMapRef: { name: 'bookie' } }] };
  const data = { journalDirectories: '/j1,/j2', PULSAR_PREFIX_ledgerDirectories: 'data/ledgers' };
  const { journal, ledgers } = bookiePaths(container, [{ metadata: { name: 'bookie' }, data }]);
  expect(seen(journal)).toEqual(['/j1 (journalDirectories)', '/j2 (journalDirectories)']);
  expect(seen(ledgers)).toEqual(['/pulsar/data/ledgers (PULSAR_PREFIX_ledgerDirectories)']);
});
