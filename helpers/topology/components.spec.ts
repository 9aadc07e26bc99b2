import { expect, test } from 'vitest';
import { componentOf } from './components.ts';
import type { Container } from './objects.ts';

function roleOf(container: Partial<Container>, labels: Record<string, string> = {}): string | undefined {
  return componentOf({
    kind: 'Deployment',
    metadata: { name: 'my-release-milvus-querynode' },
    replicas: 1,
    readyReplicas: 1,
    updatedReplicas: 1,
    template: {
      containers: [
        { name: 'sidecar', image: 'envoy:1' },
        { name: 'main', ...container },
      ],
    },
    templateLabels: labels,
    claimTemplates: [],
    pods: [],
  })?.role;
}

test.each<[string, Partial<Container>, string]>([
  ['arguments', { args: ['milvus', 'run', 'proxy'] }, 'proxy'],
  ['a command with a path', { command: ['/milvus/bin/milvus', 'run', 'datanode'] }, 'datanode'],
  ['a wrapper', { args: ['/milvus/tools/run-helm.sh', 'milvus', 'run', 'rootcoord'] }, 'rootcoord'],
  ['a shell line', { command: ['sh', '-c', 'sleep 1; exec milvus run streamingnode'] }, 'streamingnode'],
  ['mixture', { args: ['milvus', 'run', 'mixture', '-rootcoord', '-querycoord'] }, 'mixcoord'],
  [
    "the operator's spare slot",
    { image: 'dummy', args: ['run.sh', 'milvus', 'run', 'querynode'] },
    'querynode',
  ],
])('by %s', (_, container, role) => {
  expect(roleOf(container)).toBe(role);
});

test('by label where the command is hidden, on a Milvus container only', () => {
  const milvus = { image: 'registry.example.com/team/milvus:v2.6.2' };
  expect(roleOf(milvus, { component: 'proxy' })).toBe('proxy');
  expect(roleOf(milvus, { 'app.kubernetes.io/component': 'datanode' })).toBe('datanode');
  expect(roleOf({ image: 'apachepulsar/pulsar:3.0.7' }, { component: 'proxy' })).toBeUndefined();
});

test('never by name', () => {
  expect(roleOf({ image: 'milvusdb/milvus:v2.6.2' })).toBeUndefined();
  expect(
    roleOf({ image: 'milvusdb/milvus-operator:v1.3', args: ['manager'] }, { component: 'operator' }),
  ).toBeUndefined();
});
