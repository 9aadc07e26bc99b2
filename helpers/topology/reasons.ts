import type { AbsentPart, DataId, DataPlace, Store, StoreRole, Topology } from './model.ts';

/** What each store is to Milvus, in a user's words. */
export const storeKeeps = {
  metadata: 'every collection, segment and checkpoint that Milvus knows of',
  object: 'every segment and index',
  log: 'every insert and delete that is acknowledged but not yet in a segment',
} as const satisfies Record<StoreRole, string>;

/** Why a place must be durable, in plain words: the setting that led to it and what would be lost. */
export function reasonFor(place: DataPlace, store: Store, topology: Topology): string {
  const because = `because ${store.because}`;
  switch (store.role) {
    case 'metadata':
      return `${because}, etcd keeps ${storeKeeps.metadata}`;
    case 'object': {
      if (place.product === 'local') return `${because}, files here are ${storeKeeps.object}`;
      const log = bucketLog(topology);
      const own = `${because}, MinIO keeps ${storeKeeps.object}`;
      return log === undefined
        ? own
        : `${own}; and because ${log.because}, the log is in the bucket: MinIO's claims carry it`;
    }
    case 'log':
      return `${because}, ${logReasons[place.id]?.(place) ?? `this keeps ${storeKeeps.log}`}`;
  }
}

const logReasons: Readonly<Partial<Record<DataId, (place: DataPlace) => string>>> = {
  'log.bucket': () =>
    "the log is in the bucket: MinIO's claims carry it, although objects are in local files",
  'log.broker': () => "Kafka's brokers keep the log",
  'log.zookeeper': ({ what }) => `ZooKeeper keeps ${what}: without it the log cannot be read`,
  'log.journal': () => "a bookie's journal holds what it acknowledged and has nowhere else yet",
  'log.ledgers': () => "the bookies' ledgers are the log",
  'log.replica': () =>
    "each replica's staged files are the only copy of its part of the log until it is compacted",
  'log.data': ({ sharing }) =>
    sharing === 'shared'
      ? 'the log is in files, and any streamingnode must be able to go on with any channel: ' +
        'all of them need the same volume, one that several nodes can write (ReadWriteMany)'
      : 'the log is in files here',
};

/** The log store, where it is Woodpecker's and the bucket carries it. */
function bucketLog({ stores }: Topology): Store | undefined {
  return stores.find(({ role, location, data }) => {
    return role === 'log' && location.kind === 'in-component' && data.length === 0;
  });
}

/** Why nothing in the namespace need be durable for a store. */
export function exemptionReason(store: Store, { instance, stores }: Topology): string {
  if (store.location.kind === 'external') {
    return (
      `because ${store.because}, it is external: ${store.location.addresses.join(', ')} leads to no workload of ` +
      `namespace ${instance.namespace}, and what it keeps is for its owner to make durable`
    );
  }
  const object = stores.find(({ role }) => role === 'object');
  const keeper =
    object?.location.kind === 'in-cluster' ? "MinIO's claims carry it" : 'the object store carries it';
  const writer = instance.mode === 'cluster' ? 'a streamingnode' : 'the standalone pod';
  return `because ${store.because}, the log is in the bucket: ${keeper}, and ${writer} keeps none of it`;
}

/** Why a part that a store relies on is not required here, or is missing. */
export function partReason({ detail, state, what }: AbsentPart): string {
  return state === 'external'
    ? `${detail}: ${what} is for the owner of that to make durable`
    : `${detail}; something must keep ${what}`;
}
