import type {
  Component,
  ComponentRole,
  Configuration,
  DataId,
  DataPlace,
  Instance,
  KeepingProduct,
  Store,
} from './model.ts';
import type { ChosenLog } from './log-type.ts';
import { findInComponent } from './logs/in-component.ts';
import { findKafka } from './logs/kafka.ts';
import { findPulsar } from './logs/pulsar.ts';
import { findWoodpecker } from './logs/woodpecker.ts';
import { type DataPath, etcdPaths, minioPaths } from './paths.ts';
import { listOf, textOf } from './settings.ts';
import {
  follow,
  type FoundStore,
  mainContainer,
  shortList,
  type StoreSurroundings,
  writersOf,
} from './store-parts.ts';

/** The stores that the configuration makes necessary, each followed from its configured address to its workloads. */
export function findStores(
  configuration: Configuration,
  instance: Instance,
  components: readonly Component[],
  log: ChosenLog | undefined,
  around: StoreSurroundings,
): readonly Store[] {
  const object = findObjectStorage(configuration, instance, components, around);
  return [
    { role: 'metadata', product: 'etcd', ...findMetadata(configuration, instance, components, around) },
    object,
    ...(log === undefined ? [] : [findLog(log, configuration, instance, components, around, object)]),
  ];
}

function findMetadata(
  configuration: Configuration,
  { mode }: Instance,
  components: readonly Component[],
  around: StoreSurroundings,
): FoundStore {
  if (mode === 'standalone' && textOf(configuration, 'etcd.use.embed') === 'true') {
    return embeddedEtcd(configuration, components);
  }
  const endpoints = listOf(configuration, 'etcd.endpoints');
  const because = `etcd.endpoints is ${shortList(endpoints)}`;
  const what = 'every collection, segment and checkpoint that Milvus knows of';
  return keptByServers(
    'etcd.endpoints',
    endpoints,
    because,
    { id: 'metadata', product: 'etcd', what },
    around,
  );
}

function embeddedEtcd(configuration: Configuration, components: readonly Component[]): FoundStore {
  const writers = writersOf(components, 'standalone');
  const data = writers.flatMap(({ workload, container }): readonly DataPlace[] => {
    const folder = textOf(configuration, 'etcd.data.dir');
    const path = folder ?? '/milvus/default.etcd';
    const pathFrom = folder === undefined ? 'default of etcd.data.dir' : 'etcd.data.dir';
    const what = 'every collection, segment and checkpoint that Milvus knows of';
    return [{ id: 'metadata', product: 'etcd', what, workload, container, path, pathFrom, sharing: 'own' }];
  });
  return {
    location: { kind: 'in-component', components: writers },
    because: 'etcd.use.embed is true',
    data,
    absent: [],
  };
}

function findObjectStorage(
  configuration: Configuration,
  { mode }: Instance,
  components: readonly Component[],
  around: StoreSurroundings,
): Store {
  if (textOf(configuration, 'common.storageType') === 'local') {
    return { role: 'object', product: 'local', ...localObjects(configuration, mode, components) };
  }
  const address = textOf(configuration, 'minio.address');
  const because = `minio.address is ${address ?? 'not set'}`;
  const what = 'every segment and index';
  const found = keptByServers(
    'minio.address',
    address === undefined ? [] : [address],
    because,
    { id: 'object', product: 'minio', what },
    around,
  );
  return { role: 'object', product: found.location.kind === 'external' ? 's3' : 'minio', ...found };
}

/** Objects in files of the components: in a cluster every component that reads or writes them needs the same folder. */
function localObjects(
  configuration: Configuration,
  mode: Instance['mode'],
  components: readonly Component[],
): FoundStore {
  const configured = textOf(configuration, 'localStorage.path');
  const roles: readonly ComponentRole[] =
    mode === 'standalone'
      ? ['standalone']
      : ['mixcoord', 'datacoord', 'datanode', 'indexnode', 'querynode', 'streamingnode'];
  const writers = roles.flatMap((role) => writersOf(components, role));
  const data = writers.map(
    ({ workload, container }): DataPlace => ({
      id: 'object',
      product: 'local',
      what: 'every segment and index',
      workload,
      container,
      path: configured ?? '/var/lib/milvus/data',
      pathFrom: configured === undefined ? 'default of localStorage.path' : 'localStorage.path',
      sharing: mode === 'standalone' ? 'own' : 'shared',
    }),
  );
  return {
    location: { kind: 'in-component', components: writers },
    because: 'common.storageType is local',
    data,
    absent: [],
  };
}

function findLog(
  log: ChosenLog,
  configuration: Configuration,
  instance: Instance,
  components: readonly Component[],
  around: StoreSurroundings,
  object: Store,
): Store {
  const store = { role: 'log', product: log.type } as const;
  const found = find();
  const because = found.because === log.because ? log.because : `${log.because} and ${found.because}`;
  return { ...store, ...found, because };

  function find(): FoundStore {
    switch (log.type) {
      case 'woodpecker':
        return findWoodpecker(
          configuration,
          instance,
          components,
          around,
          object.product === 'local' ? 'local' : 'bucket',
        );
      case 'kafka':
        return findKafka(configuration, around);
      case 'pulsar':
        return findPulsar(configuration, around);
      case 'rocksmq':
      case 'natsmq':
        return findInComponent(log.type, log.because, configuration, components);
    }
  }
}

const paths = { etcd: etcdPaths, minio: minioPaths } as const;

/** A store whose servers are found by one address setting and that keep everything themselves. */
function keptByServers(
  setting: string,
  addresses: readonly string[],
  because: string,
  part: {
    readonly id: DataId;
    readonly product: Extract<KeepingProduct, keyof typeof paths>;
    readonly what: string;
  },
  around: StoreSurroundings,
): FoundStore {
  const lead = follow(setting, addresses, around);
  if (lead.kind === 'elsewhere') return { location: lead.location, because, data: [], absent: [] };
  const data = lead.location.workloads.flatMap((workload): readonly DataPlace[] => {
    const container = mainContainer(workload, part.product);
    if (container === undefined) return [];
    const found: readonly DataPath[] = paths[part.product](container, around.configMaps);
    return found.map((path) => ({ ...part, workload, container, ...path, sharing: 'own' }));
  });
  return { location: lead.location, because, data, absent: [] };
}
