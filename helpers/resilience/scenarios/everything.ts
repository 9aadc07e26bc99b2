import type { Scenario } from '../scenario.ts';
import { away } from './away.ts';

/** Every Milvus pod: what is kept must be in the stores. In comments: what was measured on Milvus 2.3.5 (reads, writes; s). */
export const everything: readonly Scenario[] = [
  // Not measured. Milvus' own upgrade gates: a span of failures of 15 s for each rollout, serviceable within 900 s.
  {
    name: 'milvus-rolling-restart',
    summary:
      'Restarts every Milvus workload as `kubectl rollout restart` does. All data and metadata stay as they were.',
    targets: [{ kind: 'milvus' }],
    fault: { kind: 'restart-rollout' },
    timing: 'steady',
    budgets: away(300_000, 300_000, 300_000, 900_000),
    budgetsWithReplicas: away(60_000, 60_000, 60_000, 900_000),
  },
  // 97: that of the proxy, whose readiness is waited for.
  {
    name: 'restart-all',
    summary:
      'Kills every Milvus pod at once. Each is replaced by one that knows nothing, and all data and metadata are there.',
    targets: [{ kind: 'milvus' }],
    fault: { kind: 'delete-pods', graceSeconds: 0 },
    timing: 'steady',
    budgets: away(180_000, 180_000, 180_000),
  },
  // 73 to 79, 71 to 79; with the log on emptyDirs 770 of 11,550 acknowledged rows were lost.
  {
    name: 'log-and-milvus-kill',
    summary:
      'Kills the log’s pods, what they rely on, and every Milvus pod at once. Only what is on volumes is left, and that is everything acknowledged.',
    targets: [{ kind: 'store', store: 'log', pick: 'all' }, { kind: 'milvus' }],
    fault: { kind: 'delete-pods', graceSeconds: 0 },
    timing: 'steady',
    budgets: away(180_000, 180_000, 180_000, 600_000),
  },
];
