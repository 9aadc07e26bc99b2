import type { Act } from '../../../workload/scenarios/record.ts';
import type { Level } from '../../../workload/scenarios/scenario.ts';

/**
 * How long after its acknowledgement a write may be missing from a read, ms. Strong: not at all. Bounded: Milvus's
 * bound of 5 s (`common.gracefulTime`) and slack for a time tick. Session is Bounded here: the SDK sends no time of the
 * session's last write. Eventually: what a healthy deployment needs many times over.
 */
const allowances: Readonly<Record<Level, number>> = {
  Strong: 0,
  Bounded: 5500,
  Session: 5500,
  Eventually: 10_000,
};

/** Whether a read at this level may still miss what was acknowledged then. Without a level, it is Strong. */
export function mayMiss(level: Level | undefined, ackedAt: number, read: Act): boolean {
  return read.operation.calledAt - ackedAt < allowances[level ?? 'Strong'];
}
