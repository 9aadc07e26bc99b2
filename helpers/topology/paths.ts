import type { ConfigMap, Container } from './objects.ts';
import { optionOf, wordsOf } from './command-line.ts';
import { environmentOf } from './environment.ts';

/** A path in a container and what says so. */
export interface DataPath {
  readonly path: string;
  readonly pathFrom: string;
}

const imageDefault = 'default of the image';

/** etcd's data directory (`--data-dir`, `ETCD_DATA_DIR`), and its log's where that is kept apart. */
export function etcdPaths(container: Container, configMaps: readonly ConfigMap[]): readonly DataPath[] {
  const environment = environmentOf(container, configMaps);
  const words = wordsOf(container);
  const data =
    first(optionOf(words, '--data-dir'), '--data-dir') ??
    first(environment['ETCD_DATA_DIR'], 'ETCD_DATA_DIR') ??
    defaultPath(
      isBitnami(container) ? '/bitnami/etcd/data' : `/${environment['ETCD_NAME'] ?? 'default'}.etcd`,
    );
  const log =
    first(optionOf(words, '--wal-dir'), '--wal-dir') ?? first(environment['ETCD_WAL_DIR'], 'ETCD_WAL_DIR');
  return log === undefined ? [data] : [data, log];
}

/** Options of `minio server` that take no value; every other one takes the next word. */
const minioFlags = new Set(['--quiet', '--anonymous', '--json', '--insecure', '--no-compat']);

/** The drives of `minio server`, `{a...b}` unfolded, as paths of the container. */
export function minioPaths(container: Container, configMaps: readonly ConfigMap[]): readonly DataPath[] {
  const environment = environmentOf(container, configMaps);
  const words = wordsOf(container);
  const server = words.indexOf('server');
  const fromArguments = server === -1 ? [] : drivesOf(words.slice(server + 1));
  if (fromArguments.length > 0) return fromArguments.map((path) => ({ path, pathFrom: 'minio server' }));
  const volumes = environment['MINIO_VOLUMES'];
  const fromVolumes = volumes === undefined ? [] : drivesOf(volumes.split(/\s+/));
  if (fromVolumes.length > 0) return fromVolumes.map((path) => ({ path, pathFrom: 'MINIO_VOLUMES' }));
  return [
    first(environment['MINIO_DATA_DIR'], 'MINIO_DATA_DIR') ??
      defaultPath(isBitnami(container) ? '/bitnami/minio/data' : '/data'),
  ];
}

function drivesOf(words: readonly string[]): readonly string[] {
  const drives: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word.startsWith('-')) {
      if (!word.includes('=') && !minioFlags.has(word)) at += 1;
      continue;
    }
    const path = word.startsWith('/') ? word : /^https?:\/\/[^/]+(\/.*)$/.exec(word)?.[1];
    if (path !== undefined) drives.push(...unfold(path));
  }
  return [...new Set(drives)];
}

function unfold(path: string): readonly string[] {
  const range = /^(.*?)\{(\d+)\.\.\.(\d+)\}(.*)$/.exec(path);
  if (range === null) return [path];
  const [, before = '', from = '0', to = '0', after = ''] = range;
  const numbers = Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at);
  return numbers.flatMap((number) => unfold(`${before}${number}${after}`));
}

/**
 * Kafka's log directories. `KAFKA_LOG_DIR` is not among them: it is where the broker's own text logs go.
 * Defaults: Bitnami, Confluent and Apache images.
 */
export function kafkaPaths(container: Container, configMaps: readonly ConfigMap[]): readonly DataPath[] {
  const environment = environmentOf(container, configMaps);
  for (const name of ['KAFKA_CFG_LOG_DIRS', 'KAFKA_CFG_LOG_DIR', 'KAFKA_LOG_DIRS']) {
    const paths = listed(environment[name], name);
    if (paths.length > 0) return paths;
  }
  if (isBitnami(container)) return [defaultPath('/bitnami/kafka/data')];
  const isConfluent = container.image?.includes('cp-kafka') === true;
  return [defaultPath(isConfluent ? '/var/lib/kafka/data' : '/tmp/kafka-logs')];
}

/** ZooKeeper's data directory, and its transaction logs' where those are kept apart. */
export function zookeeperPaths(container: Container, configMaps: readonly ConfigMap[]): readonly DataPath[] {
  const environment = environmentOf(container, configMaps);
  const isPulsar = container.image?.includes('pulsar') === true;
  const data =
    named(environment, ['ZOO_DATA_DIR', 'dataDir', 'PULSAR_PREFIX_dataDir']) ??
    defaultPath(
      isPulsar ? '/pulsar/data/zookeeper' : isBitnami(container) ? '/bitnami/zookeeper/data' : '/data',
    );
  const isOfficial = !isPulsar && !isBitnami(container) && environment['ZOO_DATA_DIR'] === undefined;
  const log =
    named(environment, ['ZOO_DATA_LOG_DIR', 'dataLogDir', 'PULSAR_PREFIX_dataLogDir']) ??
    (isOfficial ? defaultPath('/datalog') : undefined);
  return log === undefined || log.path === data.path ? [data] : [data, log];
}

/** A bookie's journal directories and ledger directories; each is a list. */
export function bookiePaths(
  container: Container,
  configMaps: readonly ConfigMap[],
): { readonly journal: readonly DataPath[]; readonly ledgers: readonly DataPath[] } {
  const environment = environmentOf(container, configMaps);
  const keyed = (keys: readonly string[], otherwise: string): readonly DataPath[] => {
    for (const key of keys.flatMap((plain) => [plain, `PULSAR_PREFIX_${plain}`, `BK_${plain}`])) {
      const paths = listed(environment[key], key);
      if (paths.length > 0) return paths.map(({ path, pathFrom }) => ({ path: inPulsar(path), pathFrom }));
    }
    return [defaultPath(otherwise)];
  };
  return {
    journal: keyed(['journalDirectories', 'journalDirectory'], '/pulsar/data/bookkeeper/journal'),
    ledgers: keyed(['ledgerDirectories'], '/pulsar/data/bookkeeper/ledgers'),
  };
}

/** Pulsar's images run in `/pulsar`, and its default paths are relative to that. */
function inPulsar(path: string): string {
  return path.startsWith('/') ? path : `/pulsar/${path}`;
}

function named(
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): DataPath | undefined {
  for (const name of names) {
    const found = first(environment[name], name);
    if (found !== undefined) return { ...found, path: inPulsar(found.path) };
  }
  return undefined;
}

function listed(value: string | undefined, pathFrom: string): readonly DataPath[] {
  return (value ?? '')
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => ({ path, pathFrom }));
}

function first(path: string | undefined, pathFrom: string): DataPath | undefined {
  return path === undefined || path.trim() === '' ? undefined : { path: path.trim(), pathFrom };
}

function defaultPath(path: string): DataPath {
  return { path, pathFrom: imageDefault };
}

/** Bitnami's images, and what was built from them, keep everything under `/bitnami`. */
function isBitnami({ image = '', volumeMounts = [] }: Container): boolean {
  return image.includes('bitnami') || volumeMounts.some(({ mountPath }) => mountPath.startsWith('/bitnami'));
}
