import type { ComponentRole } from '../../topology/model.ts';
import type { Budgets, Scenario } from '../scenario.ts';
import { away, cut } from './away.ts';

/**
 * A pod of each component is killed. Budgets are about twice what was measured on Milvus 2.3.5 with one replica of
 * each (reads, writes; s): Milvus' own chaos tests ask for 30 s. DDL was not measured: it has the session leases' 30 s
 * where a coordinator stays, and twice the reads' time where none does.
 */
export const components: readonly Scenario[] = [
  // 30.5 and more than 40, 0; with two replicas of the collection 12 s of hung calls and wrong answers among right ones.
  kill(
    'querynode',
    'Searches come back, rightly; writes go on.',
    away(90_000, cut, 30_000),
    away(30_000, cut, 30_000),
  ),
  // 0, 0.
  kill('datanode', 'Neither reads nor writes notice.', away(cut, cut, 30_000)),
  // Not measured: 2.3.5 has none. As its successor in duty, the data coordinator: 45, 44.
  kill(
    'streamingnode',
    'What was acknowledged is read again from the log; writes and reads come back.',
    away(90_000, 90_000, 90_000),
  ),
  {
    name: 'streamingnode-kill-twice',
    summary:
      'Kills one streamingnode pod, and its replacement as soon as it is there. Nothing acknowledged is lost.',
    targets: [{ kind: 'component', roles: ['streamingnode'], pick: 'one' }],
    fault: { kind: 'delete-pods', graceSeconds: 0, times: 2, everyMs: 1000 },
    timing: 'steady',
    budgets: away(180_000, 180_000, 180_000, 600_000),
  },
  // 0, 0.
  kill('indexnode', 'Neither reads nor writes notice.', away(cut, cut, 30_000)),
  // 100: a Service leads to Ready pods only, and the chart's probe waits for 90 s first.
  kill('proxy', 'Clients that connect again are served.', away(180_000, 180_000, 180_000)),
  // Not measured: at most what its parts take, 46 and 44.
  kill('mixcoord', 'The coordinators come back with all that they knew.', away(90_000, 90_000, 120_000)),
  // 46, 31.
  kill('rootcoord', 'Timestamps and schemas come back.', away(90_000, 60_000, 120_000)),
  // 29.8, 0.
  kill('querycoord', 'Searches come back; writes go on.', away(60_000, cut, 60_000)),
  // 45, 44.
  kill('datacoord', 'Reads and writes come back.', away(90_000, 90_000, 120_000)),
  // Not measured: index building only.
  kill('indexcoord', 'Neither reads nor writes notice.', away(cut, cut, 30_000)),
  // Not measured: as all eight pods of the cluster at once, 97.
  kill('standalone', 'All comes back, and nothing acknowledged is lost.', away(180_000, 180_000, 180_000)),
];

function kill(role: ComponentRole, holds: string, budgets: Budgets, withReplicas?: Budgets): Scenario {
  return {
    name: `${role}-kill`,
    summary: `Kills one ${role} pod. ${holds}`,
    targets: [{ kind: 'component', roles: [role], pick: 'one' }],
    fault: { kind: 'delete-pods', graceSeconds: 0 },
    timing: 'steady',
    budgets,
    ...(withReplicas !== undefined && { budgetsWithReplicas: withReplicas }),
  };
}
