import type { AbsentPart, Configuration, DataPlace, Workload } from '../model.ts';
import { wordsOf } from '../command-line.ts';
import { environmentOf } from '../environment.ts';
import { bookiePaths } from '../paths.ts';
import { textOf } from '../settings.ts';
import {
  follow,
  type FoundStore,
  mainContainer,
  type StoreSurroundings,
  withWorkloads,
} from '../store-parts.ts';
import { findZooKeeper } from './zookeeper.ts';

const brokerSettings = ['brokerServiceURL', 'brokerServiceURLTLS', 'brokerWebServiceURL'];
const zookeeperSettings = ['metadataStoreUrl', 'zookeeperServers', 'metadataServiceUri', 'zkServers'];
const journalPart = { id: 'log.journal', what: "Pulsar's bookie journal" } as const;
const ledgersPart = { id: 'log.ledgers', what: "Pulsar's bookie ledgers" } as const;
const zookeeperKeeps = 'which topics and ledgers Pulsar has';

/**
 * Pulsar from `pulsar.address`: the proxy's configuration names the broker, the broker's names ZooKeeper, and the
 * bookies are those that name the same ZooKeeper. Labels `cluster` and `component` help where settings are silent.
 * Proxy, broker and recovery keep nothing.
 */
export function findPulsar(configuration: Configuration, around: StoreSurroundings): FoundStore {
  const address = textOf(configuration, 'pulsar.address');
  const because = `pulsar.address is ${address ?? 'not set'}`;
  const lead = follow('pulsar.address', address === undefined ? [] : [address], around);
  if (lead.kind === 'elsewhere') return { location: lead.location, because, data: [], absent: [] };
  const entry = lead.location.workloads;
  const standalone = entry.flatMap(standaloneData);
  if (standalone.length > 0) return { location: lead.location, because, data: standalone, absent: [] };
  const servers = [...new Set([...entry, ...entry.flatMap((workload) => brokersOf(workload, around))])];
  const zookeeper = zookeeperOf(servers, around);
  const bookies = bookiesOf(servers, zookeeper.workloads, around);
  return {
    location: withWorkloads(lead.location, [...servers, ...bookies, ...zookeeper.workloads]),
    because,
    data: [...zookeeper.data, ...bookies.flatMap((bookie) => bookieData(bookie, around))],
    absent: [...zookeeper.absent, ...(bookies.length === 0 ? missingBookies(servers) : [])],
  };
}

function zookeeperOf(servers: readonly Workload[], around: StoreSurroundings) {
  for (const server of servers) {
    const setting = settingOf(server, zookeeperSettings, around);
    if (setting === undefined) continue;
    const where = `${setting.name} of ${server.kind} ${server.metadata.name}`;
    return findZooKeeper(where, setting.value, zookeeperKeeps, around);
  }
  const names = servers.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  const absent: AbsentPart = {
    id: 'log.zookeeper',
    product: 'zookeeper',
    what: zookeeperKeeps,
    state: 'missing',
    detail: `no setting of ${names} names a ZooKeeper`,
  };
  return { workloads: [], data: [], absent: [absent] };
}

function brokersOf(proxy: Workload, around: StoreSurroundings): readonly Workload[] {
  const setting = settingOf(proxy, brokerSettings, around);
  const lead = setting && follow(setting.name, [setting.value], around);
  if (lead?.kind === 'in-cluster') return lead.location.workloads;
  return around.workloads.filter(
    (workload) => isOfCluster(workload, proxy) && workload.templateLabels['component'] === 'broker',
  );
}

function bookiesOf(
  servers: readonly Workload[],
  zookeepers: readonly Workload[],
  around: StoreSurroundings,
): readonly Workload[] {
  return around.workloads.filter((workload) => {
    if (!isBookie(workload)) return false;
    const setting = settingOf(workload, zookeeperSettings, around);
    const lead = setting && follow(setting.name, setting.value.split(/[,;]/), around);
    if (lead?.kind === 'in-cluster') return lead.location.workloads.some((one) => zookeepers.includes(one));
    return servers.some((server) => isOfCluster(workload, server));
  });
}

function isBookie({ template, templateLabels }: Workload): boolean {
  const runs = template.containers.some((container) => {
    const words = wordsOf(container);
    return words.some((word, at) => /(^|\/)(pulsar|bookkeeper)$/.test(word) && words[at + 1] === 'bookie');
  });
  return runs || templateLabels['component'] === 'bookie' || templateLabels['component'] === 'bookkeeper';
}

function isOfCluster(a: Workload, b: Workload): boolean {
  const cluster = a.templateLabels['cluster'];
  return cluster !== undefined && cluster === b.templateLabels['cluster'];
}

function bookieData(workload: Workload, { configMaps }: StoreSurroundings): readonly DataPlace[] {
  const container = mainContainer(workload, 'pulsar');
  if (container === undefined) return [];
  const { journal, ledgers } = bookiePaths(container, configMaps);
  const place = { product: 'pulsar', workload, container, sharing: 'own' } as const;
  return [
    ...journal.map((path) => ({ ...place, ...path, ...journalPart })),
    ...ledgers.map((path) => ({ ...place, ...path, ...ledgersPart })),
  ];
}

function standaloneData(workload: Workload): readonly DataPlace[] {
  const container = workload.template.containers.find((one) => {
    const words = wordsOf(one);
    return words.some((word, at) => /(^|\/)pulsar$/.test(word) && words[at + 1] === 'standalone');
  });
  if (container === undefined) return [];
  const path = { path: '/pulsar/data', pathFrom: 'default of the image' };
  return [
    {
      id: 'log.data',
      product: 'pulsar',
      what: "Pulsar standalone's data",
      workload,
      container,
      ...path,
      sharing: 'own',
    },
  ];
}

function missingBookies(servers: readonly Workload[]): readonly AbsentPart[] {
  const names = servers.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  const detail = `no workload of the namespace runs a bookie with the ZooKeeper of ${names}`;
  const part = { product: 'pulsar', state: 'missing', detail } as const;
  return [
    { ...part, ...journalPart },
    { ...part, ...ledgersPart },
  ];
}

/** The first of the settings that the workload's environment sets; the images read them from there. */
function settingOf(
  workload: Workload,
  names: readonly string[],
  { configMaps }: StoreSurroundings,
): { readonly name: string; readonly value: string } | undefined {
  const container = mainContainer(workload, 'pulsar');
  const environment = container === undefined ? {} : environmentOf(container, configMaps);
  for (const name of names) {
    const value = environment[name] ?? environment[`PULSAR_PREFIX_${name}`];
    if (value !== undefined && value.trim() !== '') return { name, value: value.trim() };
  }
  return undefined;
}
