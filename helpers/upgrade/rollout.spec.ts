import { expect, test } from 'vitest';
import type { Topology } from '../topology/model.ts';
import { rolloutState } from './rollout.ts';

function topology(image: string, pods: readonly string[], readyReplicas = pods.length): Topology {
  const container = (of: string) => ({ name: 'proxy', image: of });
  return {
    instance: { name: 'books', namespace: 'milvus', managedBy: 'helm', mode: 'cluster', version: undefined },
    configuration: { from: '', values: {} },
    logType: 'kafka',
    components: [
      {
        role: 'proxy',
        image,
        container: container(image),
        workload: {
          kind: 'Deployment',
          metadata: { name: 'proxy' },
          replicas: 1,
          readyReplicas,
          updatedReplicas: 1,
          template: { containers: [container(image)] },
          templateLabels: {},
          claimTemplates: [],
          pods: pods.map((of, at) => ({
            metadata: { name: `proxy-${at}` },
            spec: { containers: [container(of)] },
            status: { conditions: [{ type: 'Ready', status: 'True' }] },
          })),
        },
      },
    ],
    stores: [],
    expectedClaims: [],
    orphanClaims: [],
    problems: [],
  };
}

const before = [
  { role: 'proxy', workload: 'Deployment/proxy', container: 'proxy', image: 'm:1', replicas: 1, pods: [] },
];
const first = topology('m:1', ['m:1']);

test('nothing has changed while everything is as it was', () => {
  expect(rolloutState(before, first, first)).toEqual({ changed: false, pending: undefined });
});

test('a rollout that began before anybody looked is seen by the earlier snapshot', () => {
  const now = topology('m:2', ['m:2']);
  expect(rolloutState(before, now, now)).toEqual({ changed: true, pending: undefined });
});

test('it goes on while an old pod is there, or one beside it', () => {
  expect(rolloutState(before, first, topology('m:2', ['m:1']))).toEqual({
    changed: true,
    pending: 'proxy: proxy-0 is still the old one',
  });
  expect(rolloutState(before, first, topology('m:2', ['m:2', 'm:2'])).pending).toBe(
    'proxy: 2 of 1 Ready, 2 pods',
  );
  expect(rolloutState(before, first, topology('m:2', ['m:2'], 0)).pending).toBe(
    'proxy: 0 of 1 Ready, 1 pods',
  );
});
