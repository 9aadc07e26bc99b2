import type { Component, Configuration, DataPlace, Instance, Workload } from '../model.ts';
import { parseLayer } from '../configuration.ts';
import { isRecord } from '../environment.ts';
import { minioPaths } from '../paths.ts';
import { settingOf, textOf } from '../settings.ts';
import {
  follow,
  type FoundStore,
  mainContainer,
  shortList,
  writersOf,
  type StoreSurroundings,
} from '../store-parts.ts';

/** Milvus' own default where the configuration names none (milvus.yaml, section `woodpecker`). */
const defaultRootPath = '/var/lib/milvus/woodpecker';

/** Where Woodpecker keeps the log; `default` and unset mean `minio`. */
function woodpeckerStorage(configuration: Configuration): {
  readonly type: 'minio' | 'local' | 'service';
  readonly because: string;
} {
  const configured = textOf(configuration, 'woodpecker.storage.type');
  if (configured === 'local' || configured === 'service') {
    return { type: configured, because: `woodpecker.storage.type is ${configured}` };
  }
  return {
    type: 'minio',
    because:
      configured === undefined
        ? 'woodpecker.storage.type is not set, which means minio'
        : `woodpecker.storage.type is ${configured}${configured === 'minio' ? '' : ', which means minio'}`,
  };
}

/**
 * Woodpecker: embedded with its log in the bucket (nothing of its own to keep), embedded with its log in files of the
 * streamingnodes, or a service of its own whose replicas hold the only copy until it is compacted to the bucket.
 */
export function findWoodpecker(
  configuration: Configuration,
  instance: Instance,
  components: readonly Component[],
  around: StoreSurroundings,
  objectStorage: 'local' | 'bucket',
): FoundStore {
  const storage = woodpeckerStorage(configuration);
  switch (storage.type) {
    case 'minio':
      return objectStorage === 'bucket'
        ? inBucket(storage.because, components, instance)
        : inBucketOfItsOwn(storage.because, configuration, around);
    case 'local':
      return inFiles(storage.because, configuration, instance, components);
    case 'service':
      return asService(storage.because, configuration, around);
  }
}

function inBucket(because: string, components: readonly Component[], { mode }: Instance): FoundStore {
  return {
    location: {
      kind: 'in-component',
      components: writersOf(components, mode === 'cluster' ? 'streamingnode' : 'standalone'),
    },
    because,
    data: [],
    absent: [],
  };
}

/** Objects are in files, but Woodpecker still writes to the bucket that `minio.address` names. */
function inBucketOfItsOwn(why: string, configuration: Configuration, around: StoreSurroundings): FoundStore {
  const address = textOf(configuration, 'minio.address');
  const because = `${why} and minio.address is ${address ?? 'not set'}`;
  const lead = follow('minio.address', address === undefined ? [] : [address], around);
  if (lead.kind === 'elsewhere') return { location: lead.location, because, data: [], absent: [] };
  const data = lead.location.workloads.flatMap((workload): readonly DataPlace[] => {
    const container = mainContainer(workload, 'minio');
    if (container === undefined) return [];
    return minioPaths(container, around.configMaps).map((path) => ({
      id: 'log.bucket',
      product: 'minio',
      what: 'the bucket with the log',
      workload,
      container,
      ...path,
      sharing: 'own',
    }));
  });
  return { location: lead.location, because, data, absent: [] };
}

function inFiles(
  because: string,
  configuration: Configuration,
  { mode }: Instance,
  components: readonly Component[],
): FoundStore {
  const writing = writersOf(components, mode === 'cluster' ? 'streamingnode' : 'standalone');
  if (writing.length === 0) {
    const detail = 'there is no streamingnode, the component that writes the log';
    return { location: { kind: 'missing', addresses: [], detail }, because, data: [], absent: [] };
  }
  const data = writing.map(
    ({ workload, container }): DataPlace => ({
      id: 'log.data',
      product: 'woodpecker',
      what: 'the Woodpecker log',
      workload,
      container,
      ...rootPathOf(configuration),
      sharing: mode === 'cluster' ? 'shared' : 'own',
    }),
  );
  return { location: { kind: 'in-component', components: writing }, because, data, absent: [] };
}

function asService(why: string, configuration: Configuration, around: StoreSurroundings): FoundStore {
  const seeds = seedsOf(configuration);
  const because = `${why} and its seeds are ${shortList(seeds)}`;
  const lead = follow('woodpecker.client.quorum.quorumBufferPools[].seeds', seeds, around);
  if (lead.kind === 'elsewhere') return { location: lead.location, because, data: [], absent: [] };
  const data = lead.location.workloads.flatMap((workload): readonly DataPlace[] => {
    const container = mainContainer(workload, 'woodpecker');
    if (container === undefined) return [];
    const path = rootPathOf(ownConfiguration(workload, around) ?? configuration);
    const what = "a Woodpecker replica's part of the log";
    return [{ id: 'log.replica', product: 'woodpecker', what, workload, container, ...path, sharing: 'own' }];
  });
  return { location: lead.location, because, data, absent: [] };
}

function rootPathOf(configuration: Pick<Configuration, 'values'>): { path: string; pathFrom: string } {
  const path = textOf(configuration, 'woodpecker.storage.rootPath');
  return path === undefined
    ? { path: defaultRootPath, pathFrom: 'default of woodpecker.storage.rootPath' }
    : { path, pathFrom: 'woodpecker.storage.rootPath' };
}

/** The service reads its own ConfigMap; it need not be the components'. */
function ownConfiguration(
  { template }: Workload,
  { configMaps }: StoreSurroundings,
): Pick<Configuration, 'values'> | undefined {
  const mounted = (template.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []);
  const texts = configMaps
    .filter(({ metadata }) => mounted.includes(metadata.name))
    .flatMap(({ data = {} }) =>
      ['user.yaml', 'default.yaml', 'woodpecker.yaml'].flatMap((key) => data[key] ?? []),
    );
  return texts
    .map((text) => ({ values: parseLayer(text).content }))
    .find((layer) => textOf(layer, 'woodpecker.storage.rootPath') !== undefined);
}

function seedsOf(configuration: Configuration): readonly string[] {
  const pools = settingOf(configuration, 'woodpecker.client.quorum.quorumBufferPools');
  if (!Array.isArray(pools)) return [];
  return pools.flatMap((pool: unknown) => {
    return isRecord(pool) && Array.isArray(pool['seeds']) ? pool['seeds'].map(String) : [];
  });
}
