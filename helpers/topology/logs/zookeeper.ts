import type { AbsentPart, DataPlace, Workload } from '../model.ts';
import { zookeeperPaths } from '../paths.ts';
import { absentPart, follow, mainContainer, type StoreSurroundings } from '../store-parts.ts';

/** A ZooKeeper that a broker's configuration names, with what it keeps. */
export interface FoundZooKeeper {
  readonly workloads: readonly Workload[];
  readonly data: readonly DataPlace[];
  readonly absent: readonly AbsentPart[];
}

/**
 * Follows a connection string (`host:port,host:port/chroot`, or Pulsar's `zk:host:port`).
 * @param setting where it stands, for example `KAFKA_CFG_ZOOKEEPER_CONNECT of StatefulSet my-release-kafka`
 */
export function findZooKeeper(
  setting: string,
  connection: string,
  what: string,
  around: StoreSurroundings,
): FoundZooKeeper {
  const addresses = connection.split(/[,;]/).map((address) => address.trim());
  const lead = follow(
    setting,
    addresses.filter((address) => address !== ''),
    around,
  );
  const part = { id: 'log.zookeeper', product: 'zookeeper', what } as const;
  if (lead.kind === 'elsewhere') {
    return {
      workloads: [],
      data: [],
      absent: [absentPart(part, `${setting} is ${connection}`, lead.location)],
    };
  }
  const data = lead.location.workloads.flatMap((workload): readonly DataPlace[] => {
    const container = mainContainer(workload, 'zookeeper');
    if (container === undefined) return [];
    return zookeeperPaths(container, around.configMaps).map((path, at) => ({
      ...part,
      what: at === 0 ? what : `${what}: transaction logs`,
      workload,
      container,
      ...path,
      sharing: 'own',
    }));
  });
  return { workloads: lead.location.workloads, data, absent: [] };
}
