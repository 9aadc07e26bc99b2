import type { ComponentRole } from '../../topology/model.ts';
import type { Scenario } from '../scenario.ts';
import { away, cut } from './away.ts';

/**
 * Other ways to lose a pod. None was measured by itself: each has the time of the plain kill of its component, and more
 * where its pods are away longer.
 */
export const ways: readonly Scenario[] = [
  {
    name: 'querynode-kill-all',
    summary: 'Kills every querynode pod at once. Searches come back, rightly; writes go on.',
    targets: [component('querynode', 'all')],
    fault: { kind: 'delete-pods', graceSeconds: 0 },
    timing: 'steady',
    budgets: away(120_000, cut, 30_000),
  },
  {
    name: 'querynode-container-kill',
    summary:
      'Ends the program of one querynode; its pod and what is in it stay. Searches come back, rightly.',
    targets: [component('querynode', 'one')],
    fault: { kind: 'kill-container' },
    timing: 'steady',
    budgets: away(90_000, cut, 30_000),
    budgetsWithReplicas: away(30_000, cut, 30_000),
  },
  {
    name: 'datanode-delete-gracefully',
    summary: 'Deletes one datanode pod and gives it the time it asks for. Neither reads nor writes notice.',
    targets: [component('datanode', 'one')],
    fault: { kind: 'delete-pods' },
    timing: 'steady',
    budgets: away(cut, cut, 30_000),
  },
  {
    name: 'querynode-evict',
    summary:
      'Evicts one querynode pod as a drain does; a disruption budget may forbid it. Searches come back, rightly.',
    targets: [component('querynode', 'one')],
    fault: { kind: 'evict' },
    timing: 'steady',
    budgets: away(90_000, cut, 30_000),
    budgetsWithReplicas: away(30_000, cut, 30_000),
  },
  {
    name: 'proxy-restart-rollout',
    summary: 'Restarts the proxies as `kubectl rollout restart` does. Clients that connect again are served.',
    targets: [component('proxy', 'all')],
    fault: { kind: 'restart-rollout' },
    timing: 'steady',
    budgets: away(180_000, 180_000, 180_000, 600_000),
    // Milvus' own upgrade gates allow a span of failures of 15 s in a rollout.
    budgetsWithReplicas: away(15_000, 15_000, 15_000, 600_000),
  },
  {
    name: 'querynode-scale-to-zero',
    summary: 'Scales the querynodes to none for 15 s, and back. Searches come back, rightly; writes go on.',
    targets: [component('querynode', 'all')],
    fault: { kind: 'scale-to-zero', downMs: 15_000 },
    timing: 'steady',
    budgets: away(120_000, cut, 30_000),
  },
];

function component(role: ComponentRole, pick: 'one' | 'all') {
  return { kind: 'component', roles: [role], pick } as const;
}
