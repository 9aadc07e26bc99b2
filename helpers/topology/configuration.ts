import { parseDocument } from 'yaml';
import type { Component, Configuration, Problem } from './model.ts';
import type { Observation } from './observation.ts';
import { environmentOf, isRecord } from './environment.ts';
import { formatKey } from './settings.ts';

/** Files that Milvus reads, in its order: a later one wins (milvus `paramtable`, `NewBaseTable`). */
const layers = ['milvus.yaml', 'default.yaml', 'user.yaml'] as const;

/** Settings that the topology rests on and that a container's environment may override. */
const overridable = [
  'etcd.endpoints',
  'etcd.use.embed',
  'etcd.data.dir',
  'metastore.type',
  'minio.address',
  'minio.port',
  'minio.bucketName',
  'minio.rootPath',
  'common.storageType',
  'localStorage.path',
  'mq.type',
  'pulsar.address',
  'kafka.brokerList',
  'woodpecker.storage.type',
  'woodpecker.storage.rootPath',
  'rocksmq.path',
  'natsmq.server.storeDir',
];

/**
 * The configuration in force: the ConfigMaps mounted where Milvus reads its files, layer over layer, then the
 * environment. Taken from the first component that has replicas; the others mount the same in every known install.
 * What could not be read is a problem, not an empty configuration.
 */
export function effectiveConfiguration(
  components: readonly Component[],
  observation: Pick<Observation, 'objects' | 'reads'>,
): { readonly configuration: Configuration; readonly problems: readonly Problem[] } {
  const component = components.find(({ workload }) => workload.replicas > 0) ?? components[0];
  if (component === undefined) return { configuration: { from: 'nothing', values: {} }, problems: [] };
  const files = configurationFiles(component, observation);
  const parsed = files.read.map((file) => ({ ...file, ...parseLayer(file.text) }));
  let values: Record<string, unknown> = {};
  for (const { content } of parsed) values = merge(values, content);
  const environment = environmentOf(component.container, observation.objects.ConfigMap);
  const overridden = Object.keys(environment).filter((name) => pathOf(name) !== undefined);
  for (const name of overridden) values = merge(values, nested(pathOf(name) ?? name, environment[name]));
  return {
    configuration: { from: describe(parsed, overridden, component), values },
    problems: [
      ...files.problems,
      ...parsed.flatMap(({ configMap, key, error }) =>
        error === undefined
          ? []
          : [problem(configMap, `Key ${key} of ConfigMap ${configMap} is not readable YAML: ${error}`)],
      ),
      ...(files.read.length + overridden.length + files.problems.length === 0
        ? [
            problem(
              undefined,
              `${component.workload.kind} ${component.workload.metadata.name} mounts no ConfigMap with milvus.yaml, ` +
                'default.yaml or user.yaml, so what Milvus is configured to use is not known.',
            ),
          ]
        : []),
    ],
  };

  function problem(configMap: string | undefined, detail: string): Problem {
    const workload = component?.workload;
    const subject =
      configMap === undefined
        ? { kind: workload?.kind ?? 'Deployment', name: workload?.metadata.name ?? '' }
        : { kind: 'ConfigMap', name: configMap };
    return { about: 'configuration', subject, detail };
  }
}

interface ConfigurationFile {
  readonly configMap: string;
  readonly key: string;
  readonly file: string;
  readonly text: string;
}

/** Files under Milvus' configuration folder that come from ConfigMaps, in the order in which Milvus reads them. */
function configurationFiles(
  { container, workload }: Component,
  { objects, reads }: Pick<Observation, 'objects' | 'reads'>,
): { readonly read: readonly ConfigurationFile[]; readonly problems: readonly Problem[] } {
  const folder = container.env?.find(({ name }) => name === 'MILVUSCONF')?.value ?? '/milvus/configs';
  const read: ConfigurationFile[] = [];
  const lacking = new Set<string>();
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const configMapName = workload.template.volumes?.find((volume) => volume.name === name)?.configMap?.name;
    if (configMapName === undefined || !`${mountPath}/`.startsWith(`${folder}/`)) continue;
    const configMap = objects.ConfigMap.find(({ metadata }) => metadata.name === configMapName);
    if (configMap === undefined) lacking.add(configMapName);
    for (const [key, text] of Object.entries(configMap?.data ?? {})) {
      if (subPath !== undefined && subPath !== key) continue;
      const file = subPath === undefined ? key : (mountPath.split('/').at(-1) ?? key);
      read.push({ configMap: configMapName, key, file, text });
    }
  }
  return {
    read: layers.flatMap((layer) => read.filter(({ file }) => file === layer)),
    problems: [...lacking].map((name) => ({
      about: 'configuration',
      subject: { kind: 'ConfigMap', name },
      detail:
        `ConfigMap ${name}, which ${workload.kind} ${workload.metadata.name} mounts as its configuration, ` +
        `${reads.ConfigMap.state === 'refused' ? `could not be read (${reads.ConfigMap.message})` : 'is not there'}, ` +
        'so what Milvus is configured to use is not known.',
    })),
  };
}

/** Duplicate keys occur in rendered charts when two logs are enabled: the last one wins, as in Milvus' own parser. */
export function parseLayer(text: string): { content: Record<string, unknown>; error?: string } {
  const document = parseDocument(text, { uniqueKeys: false, merge: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) return { content: {}, error: error.message.split('\n')[0] ?? error.message };
  const content = valueOf(document);
  if (content instanceof ReferenceError) return { content: {}, error: content.message };
  if (content === null || content === undefined) return { content: {} };
  return isRecord(content) ? { content } : { content: {}, error: 'it is not a map of settings' };
}

/** Aliases without an anchor, or so many that they would fill the memory, are told by the library as ReferenceError. */
function valueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return error;
    throw error;
  }
}

function merge(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const existing = merged[key];
    merged[key] = isRecord(existing) && isRecord(value) ? merge(existing, value) : value;
  }
  return merged;
}

function pathOf(variable: string): string | undefined {
  return overridable.find((path) => formatKey(path) === formatKey(variable));
}

function nested(path: string, value: unknown): Record<string, unknown> {
  const content = path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return isRecord(content) ? content : {};
}

function describe(
  files: readonly ConfigurationFile[],
  overridden: readonly string[],
  { workload }: Component,
): string {
  const maps = Map.groupBy(files, ({ configMap }) => configMap);
  return [
    ...[...maps].map(([name, members]) => `ConfigMap/${name}: ${members.map(({ key }) => key).join(', ')}`),
    ...(overridden.length === 0
      ? []
      : [`environment of ${workload.kind}/${workload.metadata.name}: ${overridden.join(', ')}`]),
  ].join('; ');
}
