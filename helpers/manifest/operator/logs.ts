import { dataVolume, imageOf, persistence, server, type Origin } from './make.ts';
import { member, numberAt, recordAt, textAt, textsAt } from './settings.ts';
import type { MadeStore } from './stores.ts';

type Dependencies = Readonly<Record<string, unknown>>;

/** Kafka: chart kafka 15, release `<cr>-kafka`, with the ZooKeeper that comes with it. */
export function madeKafka(origin: Origin, dependencies: Dependencies): MadeStore {
  if (member(dependencies, 'kafka.external') === true) {
    return { objects: [], settings: { kafka: { brokerList: textsAt(dependencies, 'kafka.brokerList') } } };
  }
  const values = recordAt(dependencies, 'kafka.inCluster.values');
  const release = `${origin.name}-kafka`;
  const labels = (name: string) => ({
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': release,
    'app.kubernetes.io/component': name,
  });
  const broker = {
    name: 'kafka',
    image: imageOf(values, 'bitnamilegacy/kafka'),
    env: [
      { name: 'KAFKA_CFG_ZOOKEEPER_CONNECT', value: `${release}-zookeeper` },
      { name: 'KAFKA_CFG_LOG_DIRS', value: '/bitnami/kafka/data' },
    ],
    volumeMounts: [{ name: 'data', mountPath: '/bitnami/kafka' }],
    resources: recordAt(values, 'resources'),
  };
  const zookeeper = {
    name: 'zookeeper',
    image: imageOf(recordAt(values, 'zookeeper'), 'bitnamilegacy/zookeeper'),
    volumeMounts: [{ name: 'data', mountPath: '/bitnami/zookeeper' }],
    resources: recordAt(values, 'zookeeper.resources'),
  };
  return {
    settings: { kafka: { brokerList: [`${release}:9092`] } },
    objects: [
      ...server({
        origin,
        name: release,
        labels: labels('kafka'),
        replicas: numberAt(values, 'replicaCount') ?? 3,
        container: broker,
        ...dataVolume('data', persistence(values, 'persistence', '300Gi')),
      }),
      ...server({
        origin,
        name: `${release}-zookeeper`,
        labels: labels('zookeeper'),
        replicas: numberAt(values, 'zookeeper.replicaCount') ?? 3,
        container: zookeeper,
        ...dataVolume('data', persistence(values, 'zookeeper.persistence', '8Gi')),
      }),
    ],
  };
}

/** Pulsar: release `<cr>-pulsar`; only ZooKeeper and the bookies keep anything. */
export function madePulsar(origin: Origin, dependencies: Dependencies): MadeStore {
  if (member(dependencies, 'pulsar.external') === true) {
    const [address = '', port] = (textAt(dependencies, 'pulsar.endpoint') ?? '').split(':');
    return {
      objects: [],
      settings: { pulsar: { address, ...(port !== undefined && { port: Number(port) }) } },
    };
  }
  const values = recordAt(dependencies, 'pulsar.inCluster.values');
  const release = `${origin.name}-pulsar`;
  const zookeeper = `${release}-zookeeper`;
  const image = imageOf(values, 'apachepulsar/pulsar');
  const hasClaims =
    member(values, 'persistence') !== false && member(values, 'volumes.persistence') !== false;
  const part = (
    name: string,
    replicas: number,
    kept: readonly (readonly [string, string, string, string])[],
  ) => {
    const wanted = kept.map(([volume, at, path, size]) => ({
      volume: `${release}-${name}-${volume}`,
      at,
      persistence: { ...persistence(values, path, size), enabled: hasClaims },
    }));
    return server({
      origin,
      name: `${release}-${name}`,
      labels: { app: 'pulsar', release, cluster: release, component: name },
      replicas: numberAt(values, `${name === 'bookie' ? 'bookkeeper' : name}.replicaCount`) ?? replicas,
      container: {
        name: `${release}-${name}`,
        image,
        args: ['bin/pulsar', name],
        env: [{ name: name === 'broker' ? 'zookeeperServers' : 'zkServers', value: `${zookeeper}:2181` }],
        volumeMounts: wanted.map(({ volume, at }) => ({ name: volume, mountPath: at })),
      },
      ...(hasClaims
        ? {
            claims: wanted.map(({ volume, persistence: { spec } }) => ({ metadata: { name: volume }, spec })),
          }
        : { volumes: wanted.map(({ volume }) => ({ name: volume, emptyDir: {} })) }),
    });
  };
  const bookie = 'bookkeeper.volumes';
  return {
    settings: { pulsar: { address: `${release}-broker`, port: 6650 } },
    objects: [
      ...part('zookeeper', 3, [['data', '/pulsar/data', 'zookeeper.volumes.data', '20Gi']]),
      ...part('bookie', 3, [
        ['journal', '/pulsar/data/bookkeeper/journal', `${bookie}.journal`, '100Gi'],
        ['ledgers', '/pulsar/data/bookkeeper/ledgers', `${bookie}.ledgers`, '200Gi'],
      ]),
      ...part('broker', 2, []),
    ],
  };
}
