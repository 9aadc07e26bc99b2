import { beforeAll, expect, test } from 'vitest';
import { ControlPlane } from '../../fixtures/broken/control-plane.ts';
import { layoutObjects } from '../../fixtures/layouts/layouts.ts';
import type { Pod } from '../../helpers/topology/objects.ts';
import type { Observation } from '../../helpers/topology/observation.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { changed, findingsOf } from '../testing/evidence.ts';
import restarts from './restarts.test.ts';

let observation: Observation;
let proxy: string;

/** All pods started at 10:00:00; every store was Ready at 10:01:00. */
beforeAll(async () => {
  using plane = new ControlPlane('milvus');
  plane.apply(layoutObjects('woodpecker', { replicas: { etcd: 1, minio: 1 } }));
  await plane.settle();
  const seen = plane.observe();
  const Pod = seen.objects.Pod.map((pod) => ({
    ...pod,
    status: {
      ...pod.status,
      startTime: '2026-11-25T10:00:00Z',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-25T10:01:00Z' }],
    },
  }));
  observation = { ...seen, objects: { ...seen.objects, Pod } };
  proxy = Pod.find(({ metadata }) => metadata.name.includes('proxy'))?.metadata.name ?? '';
});

function restarted(pod: Pod, finishedAt: string): Pod {
  const terminated = { exitCode: 134, reason: 'Error', finishedAt };
  const container = {
    name: 'proxy',
    ready: true,
    restartCount: 2,
    state: { running: {} },
    lastState: { terminated },
  };
  return { ...pod, status: { ...pod.status, containerStatuses: [container] } };
}

test.each([
  ['while etcd was not Ready', '10:00:50', '10:05:00', 'pass'],
  ['within etcd’s 30 s', '10:01:25', '10:05:00', 'pass'],
  ['after etcd was Ready', '10:01:40', '10:05:00', 'fail'],
  ['longer ago than the window', '10:01:40', '10:12:00', 'pass'],
])('a restart %s', (_, ended, takenAt, outcome) => {
  const seen = changed(observation, 'Pod', proxy, (pod) => restarted(pod, `2026-11-25T${ended}Z`));
  const evidence = evidenceOf({ ...seen, takenAt: `2026-11-25T${takenAt}Z` });
  const found = findingsOf('HLT-090', restarts, evidence).find(({ subject }) => subject.name === proxy);
  expect(found?.outcome).toBe(outcome);
});

test('the whole finding', () => {
  const seen = changed(observation, 'Pod', proxy, (pod) => restarted(pod, '2026-11-25T10:03:00Z'));
  const evidence = evidenceOf({ ...seen, takenAt: '2026-11-25T10:05:00Z' });
  expect(findingsOf('HLT-090', restarts, evidence).filter(({ outcome }) => outcome === 'fail')).toEqual([
    {
      code: 'HLT-090',
      outcome: 'fail',
      subject: { kind: 'Pod', name: proxy, container: 'proxy' },
      observed: 'Restarted 2 times, last at 2026-11-25T10:03:00Z (Error, exit code 134).',
      expected: 'No restart within 600 s.',
      evidence: [
        {
          at: `Pod/${proxy} container proxy lastState.terminated`,
          text: 'at 2026-11-25T10:03:00Z (Error, exit code 134)',
        },
      ],
    },
  ]);
});
