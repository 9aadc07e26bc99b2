import type { AbsentPart, Configuration, DataPlace, Workload } from '../model.ts';
import { environmentOf } from '../environment.ts';
import { kafkaPaths } from '../paths.ts';
import { listOf } from '../settings.ts';
import {
  follow,
  type FoundStore,
  mainContainer,
  shortList,
  type StoreSurroundings,
  withWorkloads,
} from '../store-parts.ts';
import { findZooKeeper, type FoundZooKeeper } from './zookeeper.ts';

const zookeeperVariables = ['KAFKA_CFG_ZOOKEEPER_CONNECT', 'KAFKA_ZOOKEEPER_CONNECT'];
const withoutZooKeeper = ['KAFKA_CFG_PROCESS_ROLES', 'KAFKA_PROCESS_ROLES', 'KAFKA_KRAFT_CLUSTER_ID'];
const zookeeperKeeps = 'which topics and partitions Kafka has';

/** Kafka's brokers from `kafka.brokerList`, and the ZooKeeper that the brokers' environment or properties name. */
export function findKafka(configuration: Configuration, around: StoreSurroundings): FoundStore {
  const brokers = listOf(configuration, 'kafka.brokerList');
  const because = `kafka.brokerList is ${shortList(brokers)}`;
  const lead = follow('kafka.brokerList', brokers, around);
  if (lead.kind === 'elsewhere') return { location: lead.location, because, data: [], absent: [] };
  const { workloads } = lead.location;
  const zookeepers = workloads.map((workload) => zookeeperOf(workload, around));
  return {
    location: withWorkloads(
      lead.location,
      zookeepers.flatMap((found) => found.workloads),
    ),
    because,
    data: [
      ...workloads.flatMap((workload) => brokerData(workload, around)),
      ...distinct(zookeepers.flatMap(({ data }) => data)),
    ],
    absent: zookeepers.flatMap(({ absent }) => absent),
  };
}

function brokerData(workload: Workload, { configMaps }: StoreSurroundings): readonly DataPlace[] {
  const container = mainContainer(workload, 'kafka');
  if (container === undefined) return [];
  return kafkaPaths(container, configMaps).map((path) => ({
    id: 'log.broker',
    product: 'kafka',
    what: "the log, on Kafka's brokers",
    workload,
    container,
    ...path,
    sharing: 'own',
  }));
}

function zookeeperOf(workload: Workload, around: StoreSurroundings): FoundZooKeeper {
  const container = mainContainer(workload, 'kafka');
  const environment = container === undefined ? {} : environmentOf(container, around.configMaps);
  const name = `${workload.kind} ${workload.metadata.name}`;
  const variable = zookeeperVariables.find((candidate) => environment[candidate] !== undefined);
  const property = mountedProperty(workload, 'zookeeper.connect', around);
  const connection = environment[variable ?? ''] ?? property;
  if (connection !== undefined) {
    return findZooKeeper(`${variable ?? 'zookeeper.connect'} of ${name}`, connection, zookeeperKeeps, around);
  }
  const isKRaft =
    withoutZooKeeper.some((candidate) => environment[candidate] !== undefined) ||
    mountedProperty(workload, 'process.roles', around) !== undefined;
  return { workloads: [], data: [], absent: isKRaft ? [] : [unnamed(name)] };
}

function unnamed(name: string): AbsentPart {
  return {
    id: 'log.zookeeper',
    product: 'zookeeper',
    what: zookeeperKeeps,
    state: 'missing',
    detail: `neither the environment nor a properties file of ${name} names a ZooKeeper, nor that it runs without (KRaft)`,
  };
}

/** A line `key=value` of a properties file in a ConfigMap that the workload mounts. */
function mountedProperty(
  { template }: Workload,
  key: string,
  { configMaps }: StoreSurroundings,
): string | undefined {
  const mounted = (template.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []);
  const texts = configMaps
    .filter(({ metadata }) => mounted.includes(metadata.name))
    .flatMap(({ data = {} }) => Object.values(data));
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const [name, ...value] = line.split('=');
    if (name?.trim() === key && value.length > 0) return value.join('=').trim();
  }
  return undefined;
}

/** Brokers split over several workloads name the same ZooKeeper. */
function distinct(places: readonly DataPlace[]): readonly DataPlace[] {
  return places.filter(
    (place, at) =>
      places.findIndex(({ workload, path }) => workload === place.workload && path === place.path) === at,
  );
}
