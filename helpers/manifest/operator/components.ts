import type { ManifestObject } from '../../topology/manifest-objects.ts';
import { made, type Origin } from './make.ts';
import { member, numberAt, recordAt, textAt } from './settings.ts';

type Spec = Readonly<Record<string, unknown>>;

/** Keys of `spec.components`, the role that each runs, and its Deployment's name after `<cr>-milvus-`. */
const cluster = {
  proxy: ['proxy', 'proxy'],
  mixCoord: ['mixture', 'mixcoord'],
  queryNode: ['querynode', 'querynode-0'],
  dataNode: ['datanode', 'datanode'],
  streamingNode: ['streamingnode', 'streamingnode'],
  indexNode: ['indexnode', 'indexnode'],
} as const;

type ClusterKey = keyof typeof cluster;

const always: readonly ClusterKey[] = ['proxy', 'mixCoord', 'queryNode', 'dataNode'];

/** The Milvus Deployments of a resource, and the Service of its proxy. `data` is the volume at /var/lib/milvus. */
export function madeComponents(
  origin: Origin,
  spec: Spec,
  options: { readonly mode: 'cluster' | 'standalone'; readonly streams: boolean; readonly data: unknown },
): readonly ManifestObject[] {
  const { mode, streams, data } = options;
  const keys = [...always, streams ? 'streamingNode' : 'indexNode'] as const;
  const parts =
    mode === 'standalone'
      ? [['standalone', ['standalone', 'standalone']] as const]
      : keys.map((key) => [key, cluster[key]] as const);
  return [
    ...parts.map(([key, [role, name]]) => deployment(origin, spec, key, role, name, data)),
    made(origin, 'Service', `${origin.name}-milvus`, {
      spec: { selector: { ...labelsOf(origin), 'milvus.io/service': 'true' }, ports: [{ port: 19530 }] },
    }),
  ];
}

function labelsOf({ name }: Origin): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/name': 'milvus',
    'app.kubernetes.io/managed-by': 'milvus-operator',
  };
}

function deployment(
  origin: Origin,
  spec: Spec,
  key: string,
  role: string,
  name: string,
  data: unknown,
): ManifestObject {
  const own = recordAt(spec, `components.${key}`);
  const labels = {
    ...labelsOf(origin),
    'app.kubernetes.io/component': name.replace(/-\d$/, ''),
    ...((role === 'proxy' || role === 'standalone') && { 'milvus.io/service': 'true' }),
  };
  const container = {
    name: name.replace(/-\d$/, ''),
    image: textAt(own, 'image') ?? imageOfAll(spec),
    args: ['/milvus/tools/run.sh', 'milvus', 'run', role],
    volumeMounts: [
      { name: 'milvus-config', readOnly: true, mountPath: '/milvus/configs/operator' },
      { name: 'tools', mountPath: '/milvus/tools' },
      ...(data === undefined ? [] : [{ name: 'milvus-data', mountPath: '/var/lib/milvus' }]),
    ],
    resources: member(own, 'resources') ?? recordAt(spec, 'components.resources'),
  };
  const volumes = [
    { name: 'milvus-config', configMap: { name: origin.name } },
    { name: 'tools', emptyDir: {} },
    ...(data === undefined ? [] : [data]),
  ];
  return made(origin, 'Deployment', `${origin.name}-milvus-${name}`, {
    labels,
    spec: {
      replicas: numberAt(own, 'replicas') ?? 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], volumes } },
    },
  });
}

/** Without a tag where the resource names no image: the operator has a default of its own. */
export function imageOfAll(spec: Spec): string {
  return textAt(spec, 'components.image') ?? 'milvusdb/milvus';
}
