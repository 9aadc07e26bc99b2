import type { Component, Configuration, DataPlace, LogType } from '../model.ts';
import { textOf } from '../settings.ts';
import type { FoundStore } from '../store-parts.ts';

/** Logs that Milvus keeps in files of its own, with the setting of their folder and its default (milvus.yaml). */
const folders = {
  rocksmq: { setting: 'rocksmq.path', default: '/var/lib/milvus/rdb_data', what: 'the RocksMQ log' },
  natsmq: { setting: 'natsmq.server.storeDir', default: '/var/lib/milvus/nats', what: 'the NATS log' },
} as const satisfies Partial<Record<LogType, { setting: string; default: string; what: string }>>;

/** RocksMQ and NATS run inside the standalone process; a cluster cannot use them. */
export function findInComponent(
  type: keyof typeof folders,
  because: string,
  configuration: Configuration,
  components: readonly Component[],
): FoundStore {
  const writers = components.filter(({ role }) => role === 'standalone');
  if (writers.every(({ workload }) => workload.replicas === 0)) {
    const detail = `${type} works in standalone only, and this is a cluster`;
    return { location: { kind: 'missing', addresses: [], detail }, because, data: [], absent: [] };
  }
  const folder = folders[type];
  const path = textOf(configuration, folder.setting);
  const data = writers.map(
    ({ workload, container }): DataPlace => ({
      id: 'log.data',
      product: type,
      what: folder.what,
      workload,
      container,
      path: path ?? folder.default,
      pathFrom: path === undefined ? `default of ${folder.setting}` : folder.setting,
      sharing: 'own',
    }),
  );
  return { location: { kind: 'in-component', components: writers }, because, data, absent: [] };
}
