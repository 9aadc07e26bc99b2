import type { StoreRole } from '../../topology/model.ts';
import type { Budgets, Scenario } from '../scenario.ts';
import { away, cut } from './away.ts';

/** Pods of the stores are killed. In comments: what was measured on Milvus 2.3.5 (reads, writes; s). */
export const stores: readonly Scenario[] = [
  // One of three: not one failed call. Without another: as all of them.
  kill(
    'etcd-member-kill',
    'Kills one etcd pod. Its quorum goes on, and nobody notices.',
    { store: 'metadata', pick: 'one' },
    away(300_000, 300_000, 300_000),
    away(cut, cut, 10_000),
  ),
  // Not measured: an election takes a second or two.
  kill(
    'etcd-leader-kill',
    'Kills the etcd pod that leads. Another one is elected.',
    { store: 'metadata', pick: 'leader' },
    away(300_000, 300_000, 300_000),
    away(10_000, 10_000, 30_000),
  ),
  // 150, 152: it began 16 and 57 s after the kill; components end themselves when etcd is away for 30 s (milvus#28377).
  kill(
    'etcd-kill-all',
    'Kills every etcd pod. All metadata is on their volumes, and comes back with them.',
    { store: 'metadata', pick: 'all' },
    away(300_000, 300_000, 300_000, 600_000),
  ),
  // One of four: not one failed call. Without another: not measured.
  kill(
    'minio-kill',
    'Kills one MinIO pod. The others serve its objects.',
    { store: 'object', pick: 'one' },
    away(60_000, 60_000, 60_000),
    away(cut, cut, 10_000),
  ),
  // The only Kafka broker: 48, 44; calls that timed out had been written. With others: not measured.
  kill(
    'log-kill',
    'Kills one pod of the log. What it acknowledged is on its volume, or with the others.',
    { store: 'log', pick: 'one' },
    away(90_000, 90_000, 90_000),
    away(30_000, 30_000, 30_000),
  ),
];

function kill(
  name: string,
  summary: string,
  { store, pick }: { readonly store: StoreRole; readonly pick: 'one' | 'all' | 'leader' },
  budgets: Budgets,
  withReplicas?: Budgets,
): Scenario {
  return {
    name,
    summary,
    targets: [{ kind: 'store', store, pick }],
    fault: { kind: 'delete-pods', graceSeconds: 0 },
    timing: 'steady',
    budgets,
    ...(withReplicas !== undefined && { budgetsWithReplicas: withReplicas }),
  };
}
