import { expect, test } from 'vitest';
import { backingOf } from './backing.ts';
import type { Backing, Workload } from './model.ts';
import type { Volume, VolumeMount } from './objects.ts';

function under(
  path: string,
  mounts: readonly VolumeMount[],
  volumes: readonly Volume[],
  templates: string[] = [],
) {
  const container = { name: 'main', volumeMounts: mounts };
  const workload: Workload = {
    kind: 'StatefulSet',
    metadata: { name: 'etcd' },
    replicas: 1,
    readyReplicas: 1,
    updatedReplicas: 1,
    template: { containers: [container], volumes },
    templateLabels: {},
    claimTemplates: templates.map((name) => ({
      name,
      accessModes: [],
      storageClassName: undefined,
      size: undefined,
    })),
    pods: [],
  };
  return backingOf(workload, container, path);
}

test('the longest prefix wins, by whole segments', () => {
  const mounts = [
    { name: 'claim', mountPath: '/var/lib/milvus' },
    { name: 'scratch', mountPath: '/var/lib/milvus/data/' },
    { name: 'other', mountPath: '/var/lib/milvus/wp-old' },
  ];
  const volumes = [
    { name: 'claim', persistentVolumeClaim: { claimName: 'c' } },
    { name: 'scratch', emptyDir: {} },
    { name: 'other', emptyDir: {} },
  ];
  const kind = (path: string) => under(path, mounts, volumes).kind;
  expect(kind('/var/lib/milvus/wp')).toBe('claim');
  expect(kind('/var/lib/milvus/data')).toBe('emptyDir');
  expect(kind('/var/lib/milvus/data/insert_log')).toBe('emptyDir');
  expect(kind('/var/lib/milvus2')).toBe('container-layer');
  expect(kind('/woodpecker/data')).toBe('container-layer');
});

test("a claim template shadows a pod's volume of the same name", () => {
  const mounts = [{ name: 'data', mountPath: '/data' }];
  expect(under('/data', mounts, [{ name: 'data', emptyDir: {} }], ['data']).kind).toBe('claim');
});

const place = { volumeName: 'v', mountPath: '/data' };

test.each<[string, Volume, Partial<VolumeMount>, Backing]>([
  ['hostPath', { name: 'v', hostPath: { path: '/mnt' } }, {}, { kind: 'hostPath', ...place, path: '/mnt' }],
  ['ephemeral', { name: 'v', ephemeral: {} }, {}, { kind: 'ephemeral-claim', ...place }],
  ['no source at all', { name: 'v' }, {}, { kind: 'emptyDir', ...place }],
  [
    'ConfigMap',
    { name: 'v', configMap: { name: 'c' } },
    {},
    { kind: 'read-only', ...place, source: 'configMap' },
  ],
  ['nfs', { name: 'v', nfs: { server: 's', path: '/' } }, {}, { kind: 'other', ...place, source: 'nfs' }],
  [
    'claim, mounted read-only',
    { name: 'v', persistentVolumeClaim: { claimName: 'c' } },
    { readOnly: true },
    { kind: 'read-only', ...place, source: 'a claim, mounted read-only' },
  ],
  [
    'a mount of a volume that is not declared',
    { name: 'w' },
    {},
    { kind: 'other', ...place, source: 'a volume that the pod does not declare' },
  ],
])('%s', (_, volume, mount, backing) => {
  expect(under('/data', [{ name: 'v', mountPath: '/data', ...mount }], [volume])).toEqual(backing);
});
