import { expect, test } from 'vitest';
import { type LayoutName } from '../../fixtures/layouts/layouts.ts';
import { observationOfLayout, type Variation } from '../../fixtures/recordings/varied-layout.ts';
import type { Fault, Scenario, Target } from '../resilience/scenario.ts';
import type { EtcdMember, Observation } from '../topology/observation.ts';
import { understand } from '../topology/understand.ts';
import { mulberry32 } from '../workload/seeded.ts';
import { chooseVictims } from './choose-victims.ts';
import { withPods } from './testing/with-pods.ts';

const kill: Fault = { kind: 'delete-pods', graceSeconds: 0 };

function scenarioOf(targets: readonly Target[], fault: Fault): Scenario {
  return { name: 'test', summary: '', targets, fault, timing: 'steady', budgets: {} };
}

function running(layout: LayoutName, variation: Variation = {}): Observation {
  return withPods(observationOfLayout(layout, variation));
}

function choose(observation: Observation, target: Target | readonly Target[], fault = kill, seed = 1) {
  const next = mulberry32(seed);
  const scenario = scenarioOf([target].flat(), fault);
  return chooseVictims(scenario, understand(observation, {}), observation, () => next() / 2 ** 32);
}

/** Names of the victims, or why there are none. */
function struck(...given: Parameters<typeof choose>): readonly string[] | string {
  const choice = choose(...given);
  return choice.state === 'chosen' ? choice.victims.map(({ name }) => name) : choice.reason;
}

const querynode: Target = { kind: 'component', roles: ['querynode'], pick: 'one' };
const etcd = (pick: 'one' | 'all' | 'leader'): Target => ({ kind: 'store', store: 'metadata', pick });
const log = (pick: 'one' | 'all'): Target => ({ kind: 'store', store: 'log', pick });

test('a component’s pod, with its container and its controller', () => {
  expect(choose(running('kafka'), querynode)).toEqual({
    state: 'chosen',
    replicasStay: false,
    victims: [
      {
        name: 'my-release-milvus-querynode-5d-0',
        uid: 'uid of my-release-milvus-querynode-5d-0',
        part: 'querynode',
        workload: { kind: 'Deployment', name: 'my-release-milvus-querynode' },
        container: 'querynode',
      },
    ],
  });
});

test('one of several is drawn by the seed, whatever the order of the observation, and the others stay', () => {
  const observation = running('kafka');
  const drawn = Array.from({ length: 20 }, (_, seed) => struck(observation, etcd('one'), kill, seed));
  expect(new Set(drawn.flat()).size).toBe(3);
  const { objects } = observation;
  const turned = { ...observation, objects: { ...objects, Pod: objects.Pod.toReversed() } };
  expect(drawn).toEqual(drawn.map((_, seed) => struck(turned, etcd('one'), kill, seed)));
  expect(choose(observation, etcd('one'))).toMatchObject({ replicasStay: true });
  expect(choose(observation, etcd('all'))).toMatchObject({ replicasStay: false });
});

test('all pods of the log, those that it relies on included', () => {
  const workloads = (layout: LayoutName) => {
    const choice = choose(running(layout), log('all'));
    return choice.state === 'chosen' ? [...new Set(choice.victims.map(({ workload }) => workload.name))] : [];
  };
  expect(workloads('kafka')).toEqual(['my-release-kafka', 'my-release-zookeeper']);
  expect(workloads('pulsar')).toEqual([
    'my-release-pulsarv3-bookie',
    'my-release-pulsarv3-broker',
    'my-release-pulsarv3-proxy',
    'my-release-pulsarv3-zookeeper',
  ]);
});

test('several targets are struck together, each pod once', () => {
  const all = struck(running('kafka'), [{ kind: 'milvus' }, querynode, log('all')]);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toContain('my-release-kafka-0');
});

test.each<readonly [string, Observation, Target, string]>([
  [
    'a role that this version does not have',
    running('kafka-2.3'),
    { kind: 'component', roles: ['streamingnode'], pick: 'one' },
    'this Milvus has no streamingnode',
  ],
  [
    'a role inside of standalone',
    running('standalone'),
    querynode,
    'this Milvus has no querynode: its one standalone pod has all roles',
  ],
  [
    'a log that Milvus keeps itself',
    running('woodpecker'),
    log('one'),
    'the log (woodpecker) has no pods of its own: the Milvus components keep it themselves',
  ],
  [
    'object storage outside of the cluster',
    running('woodpecker', { settings: { minio: { address: 's3.example.com', port: 443 } } }),
    { kind: 'store', store: 'object', pick: 'all' },
    'the object storage (s3) is external: s3.example.com',
  ],
  [
    'a leader that nobody named',
    running('kafka'),
    etcd('leader'),
    'no etcd pod says who leads: none was asked',
  ],
])('%s is a reason in plain words', (_title, observation, target, reason) => {
  expect(choose(observation, target)).toEqual({ state: 'none', reason });
});

test('the etcd leader is the one that the members follow', () => {
  const member = (memberId: string): EtcdMember => ({
    memberId,
    clusterId: '1',
    leaderId: '12',
    version: '3.5.18',
    databaseSize: 1,
    members: [],
    alarms: [],
  });
  const answers = Object.fromEntries(
    [0, 1, 2].map((i) => [`my-release-etcd-${i}`, { state: 'answered' as const, value: member(`1${i}`) }]),
  );
  const asked = (etcdAnswers: typeof answers): Observation => ({
    ...running('kafka'),
    endpoints: {
      etcd: etcdAnswers,
      minio: {},
      components: {},
      milvus: { state: 'unasked', reason: '' },
      bucket: { state: 'unasked', reason: '' },
    },
  });
  expect(struck(asked(answers), etcd('leader'))).toEqual(['my-release-etcd-2']);
  const { 'my-release-etcd-2': _leader, ...followers } = answers;
  expect(struck(asked(followers), etcd('leader'))).toBe(
    'etcd is led by the member 12, whose pod did not answer',
  );
});

test('a rollout and a scale strike all pods of the workload', () => {
  const observation = running('kafka');
  expect(struck(observation, etcd('one'), { kind: 'restart-rollout' })).toHaveLength(3);
  expect(choose(observation, etcd('one'), { kind: 'restart-rollout' })).toMatchObject({ replicasStay: true });
  expect(choose(observation, etcd('one'), { kind: 'scale-to-zero', downMs: 1 })).toMatchObject({
    replicasStay: false,
  });
});

test('what nothing would mend is not done', () => {
  const observation = running('kafka');
  const { objects } = observation;
  const StatefulSet = objects.StatefulSet.map((set) => ({
    ...set,
    spec: { ...set.spec, persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } },
  }));
  const deleting = { ...observation, objects: { ...objects, StatefulSet } };
  expect(struck(deleting, etcd('one'), { kind: 'scale-to-zero', downMs: 1 })).toBe(
    'scaling the StatefulSet my-release-etcd to zero would delete its claims and all that is on them (whenScaled: Delete)',
  );
  const Pod = objects.Pod.map(({ metadata: { ownerReferences: _none, ...metadata }, ...pod }) => ({
    ...pod,
    metadata,
  }));
  const bare = {
    ...observation,
    objects: { ...objects, Pod, Deployment: [], StatefulSet: [], ReplicaSet: [] },
  };
  expect(struck(bare, querynode)).toBe(
    'the pod my-release-milvus-querynode-5d-0 has no controller: once it is gone, nothing brings it back',
  );
});
