import { expect, test } from 'vitest';
import type { Workload } from './model.ts';
import type { Pod } from './objects.ts';
import { isReady, unsettled, waitingContainers } from './readiness.ts';

const ready: Pod = {
  metadata: { name: 'a-0' },
  spec: { containers: [] },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};
const leaving: Pod = { ...ready, metadata: { name: 'a-1', deletionTimestamp: '2026-11-24T00:00:00Z' } };

function workload(state: Partial<Workload>): Workload {
  return {
    kind: 'StatefulSet',
    metadata: { name: 'a' },
    replicas: 2,
    readyReplicas: 2,
    updatedReplicas: 2,
    template: { containers: [] },
    templateLabels: {},
    claimTemplates: [],
    pods: [],
    ...state,
  };
}

test('a pod that is being deleted is not ready, whatever its condition says', () => {
  expect([isReady(ready), isReady(leaving), isReady({ ...ready, status: {} })]).toEqual([true, false, false]);
});

test('containers that wait, with the reason; init containers first', () => {
  const status = (name: string, reason?: string) => ({
    name,
    ready: false,
    restartCount: 0,
    state: reason === undefined ? { running: {} } : { waiting: { reason, message: `${name} waits` } },
  });
  const pod = {
    ...ready,
    status: {
      initContainerStatuses: [status('config', 'CrashLoopBackOff')],
      containerStatuses: [status('proxy', 'ImagePullBackOff'), status('sidecar')],
    },
  };
  expect(waitingContainers(pod)).toEqual([
    { container: 'config', reason: 'CrashLoopBackOff', message: 'config waits' },
    { container: 'proxy', reason: 'ImagePullBackOff', message: 'proxy waits' },
  ]);
});

test('why a workload has not settled', () => {
  expect(unsettled(workload({}))).toBeUndefined();
  expect(unsettled(workload({ replicas: 0, readyReplicas: 0, updatedReplicas: 0 }))).toBeUndefined();
  expect(unsettled(workload({ updatedReplicas: 1 }))).toBe('1 of 2 replicas are up to date');
  expect(unsettled(workload({ readyReplicas: 0 }))).toBe('0 of 2 replicas are ready');
  expect(unsettled(workload({ pods: [ready, leaving] }))).toBe('a-1 still being deleted');
});
