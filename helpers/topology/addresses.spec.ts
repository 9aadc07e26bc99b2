import { expect, test } from 'vitest';
import { type Resolved, resolveAddress } from './addresses.ts';
import type { Workload } from './model.ts';
import type { Service } from './objects.ts';

function service(name: string, spec: Service['spec']): Service {
  return { metadata: { name }, spec };
}

const workload: Workload = {
  kind: 'StatefulSet',
  metadata: { name: 'etcd' },
  replicas: 3,
  readyReplicas: 3,
  updatedReplicas: 3,
  template: { containers: [] },
  templateLabels: { app: 'etcd', extra: 'label' },
  claimTemplates: [],
  pods: [],
};

const around = {
  namespace: 'db',
  workloads: [workload],
  services: [
    service('etcd', { clusterIP: '10.0.0.7', selector: { app: 'etcd' } }),
    service('headless', { clusterIP: 'None', selector: { app: 'etcd' } }),
    service('nobody', { selector: { app: 'gone' } }),
    service('manual', {}),
    service('alias', { type: 'ExternalName', externalName: 'etcd.example.com' }),
  ],
};

function seen(resolved: Resolved): string {
  switch (resolved.kind) {
    case 'service':
      return `${resolved.service.metadata.name} -> ${resolved.workloads.map(({ metadata }) => metadata.name).join()}`;
    case 'external':
      return `external ${resolved.address}`;
    case 'missing':
      return resolved.detail;
  }
}

test.each([
  ['etcd', 'etcd -> etcd'],
  ['etcd:2379', 'etcd -> etcd'],
  ['http://etcd:2379/path', 'etcd -> etcd'],
  ['pulsar+ssl://etcd:6651', 'etcd -> etcd'],
  ['zk:etcd:2181/chroot', 'etcd -> etcd'],
  ['etcd.db', 'etcd -> etcd'],
  ['etcd.db.svc', 'etcd -> etcd'],
  ['etcd.db.svc.cluster.local.:2379', 'etcd -> etcd'],
  ['etcd-0.headless', 'headless -> etcd'],
  ['etcd-0.headless.db:2379', 'headless -> etcd'],
  ['etcd-0.headless.db.svc.my.domain', 'headless -> etcd'],
  ['10.0.0.7:2379', 'etcd -> etcd'],
  ['10.0.0.8:2379', 'external 10.0.0.8:2379'],
  ['[fd00::1]:2379', 'external [fd00::1]:2379'],
  ['etcd.other', 'external etcd.other'],
  ['etcd.other.svc.cluster.local', 'external etcd.other.svc.cluster.local'],
  ['s3.us-east-1.amazonaws.com', 'external s3.us-east-1.amazonaws.com'],
  ['alias', 'external etcd.example.com'],
  ['manual', 'external manual'],
  ['gone', 'there is no Service gone in namespace db'],
  ['gone.db.svc', 'there is no Service gone in namespace db'],
  ['nobody:2379', 'Service nobody is there, but it selects no workload'],
  ['localhost:2379', 'localhost:2379 is the container itself, where no such server runs'],
  ['127.0.0.1:2379', '127.0.0.1:2379 is the container itself, where no such server runs'],
])('%s', (address, expected) => {
  expect(seen(resolveAddress(address, around))).toBe(expected);
});
