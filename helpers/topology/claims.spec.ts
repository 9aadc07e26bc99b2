import { expect, test } from 'vitest';
import { claimsByName, expectedClaimsOf } from './claims.ts';
import type { Workload } from './model.ts';
import type { Pod } from './objects.ts';

const workload: Workload = {
  kind: 'StatefulSet',
  metadata: { name: 'etcd' },
  replicas: 2,
  readyReplicas: 0,
  updatedReplicas: 0,
  template: {
    containers: [],
    volumes: [
      { name: 'shared', persistentVolumeClaim: { claimName: 'backups' } },
      { name: 'scratch', emptyDir: {} },
    ],
  },
  templateLabels: {},
  claimTemplates: [
    { name: 'data', accessModes: ['ReadWriteOnce'], storageClassName: undefined, size: '10Gi' },
  ],
  pods: [],
};

function pod(name: string): Pod {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: `data-${name}` } }];
  return { metadata: { name }, spec: { containers: [], volumes } };
}

function seen(of: Workload, ...there: readonly string[]): readonly string[] {
  const claims = claimsByName(there.map((name) => ({ metadata: { name }, spec: {} })));
  return expectedClaimsOf(of, claims).map(
    ({ name, pod: user, claim }) => `${name} for ${user ?? 'all'}${claim === undefined ? ', not there' : ''}`,
  );
}

test('templates times replicas, and claims of the pod template once', () => {
  expect(seen(workload, 'data-etcd-0', 'backups')).toEqual([
    'data-etcd-0 for etcd-0',
    'data-etcd-1 for etcd-1, not there',
    'backups for all',
  ]);
});

test('a pod that is still there after a scale-down keeps its claim expected', () => {
  const shrunk = { ...workload, replicas: 1, pods: [pod('etcd-0'), pod('etcd-1')] };
  expect(seen(shrunk, 'data-etcd-0', 'data-etcd-1', 'backups')).toEqual([
    'data-etcd-0 for etcd-0',
    'backups for all',
    'data-etcd-1 for etcd-1',
  ]);
});

test('zero replicas expect nothing of their own', () => {
  expect(seen({ ...workload, replicas: 0, template: { containers: [] } })).toEqual([]);
});
