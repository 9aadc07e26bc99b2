import { expect, test } from 'vitest';
import type { Deployment, Metadata, OwnerReference, Pod, ReplicaSet, StatefulSet } from './objects.ts';
import { noObjects, type ObjectsByKind } from './observation.ts';
import { workloadsOf } from './workloads.ts';

function owner(kind: string, name: string): OwnerReference {
  return { apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true };
}

function named(name: string, by?: OwnerReference, labels: Record<string, string> = {}): Metadata {
  return { name, uid: `uid-${name}`, labels, ...(by === undefined ? {} : { ownerReferences: [by] }) };
}

function pod(name: string, by?: OwnerReference, labels?: Record<string, string>): Pod {
  return { metadata: named(name, by, labels), spec: { containers: [] } };
}

const template = { metadata: { labels: { app: 'proxy' } }, spec: { containers: [] } };
const proxy: Deployment = {
  metadata: named('proxy'),
  spec: { selector: { matchLabels: { app: 'proxy' } }, template },
};
const etcd: StatefulSet = { metadata: named('etcd'), spec: { replicas: 3, selector: {}, template } };
const replicaSet: ReplicaSet = { metadata: named('proxy-7d9', owner('Deployment', 'proxy')), spec: {} };

function seen(objects: Partial<ObjectsByKind>): readonly string[] {
  return workloadsOf({ ...noObjects, ...objects }).map(
    ({ kind, metadata, replicas, pods }) =>
      `${kind}/${metadata.name} x${replicas}: ${pods.map((each) => each.metadata.name).join(' ')}`,
  );
}

test('pods follow owner references, a Deployment through its ReplicaSets; replicas default to one', () => {
  const pods = [
    pod('proxy-7d9-a', owner('ReplicaSet', 'proxy-7d9')),
    pod('etcd-0', owner('StatefulSet', 'etcd')),
  ];
  expect(seen({ Deployment: [proxy], StatefulSet: [etcd], ReplicaSet: [replicaSet], Pod: pods })).toEqual([
    'Deployment/proxy x1: proxy-7d9-a',
    'StatefulSet/etcd x3: etcd-0',
  ]);
});

test('a pod of the same name whose owner was another object is not taken', () => {
  const stray = pod('etcd-0', { ...owner('StatefulSet', 'etcd'), uid: 'of-a-deleted-one' });
  expect(seen({ StatefulSet: [etcd], Pod: [stray] })).toEqual([
    'StatefulSet/etcd x3: ',
    'Pod/etcd-0 x1: etcd-0',
  ]);
});

test('without ReplicaSets, the name and the template hash tell', () => {
  const labels = { app: 'proxy', 'pod-template-hash': '7d9' };
  const pods = [pod('proxy-7d9-a', owner('ReplicaSet', 'proxy-7d9'), labels)];
  expect(seen({ Deployment: [proxy], Pod: pods })).toEqual(['Deployment/proxy x1: proxy-7d9-a']);
});

test('bare pods and those of custom controllers are workloads of their own; pods of Jobs are none', () => {
  const pods = [
    pod('bare'),
    pod('kafka-0', owner('StrimziPodSet', 'kafka')),
    pod('init-x', owner('Job', 'init')),
  ];
  expect(seen({ Pod: pods })).toEqual(['Pod/bare x1: bare', 'Pod/kafka-0 x1: kafka-0']);
});
