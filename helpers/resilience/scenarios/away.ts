import type { Budgets } from '../scenario.ts';

/**
 * ms. Of an operation that the loss does not touch a call in flight can be cut, and the next one is good: in the
 * measurements not one call failed there.
 */
export const cut = 1000;

/** ms until a struck pod is replaced and Ready. 100 s were measured, 90 of them the chart's readiness delay; Milvus' own deploy tests give 300. */
const podsMs = 300_000;

/** How long reads, writes and DDL may be away, in ms. */
export function away(reads: number, writes: number, ddl: number, pods = podsMs): Budgets {
  return {
    search: reads,
    query: reads,
    count: reads,
    read: reads,
    insert: writes,
    upsert: writes,
    delete: writes,
    ddl,
    pods,
  };
}
