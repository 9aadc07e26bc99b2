import type { Act } from '../../../workload/scenarios/record.ts';
import type { Level } from '../../../workload/scenarios/scenario.ts';

/** When a write was acknowledged, in ms on the history's clock, and to which client. */
export interface Written {
  readonly ackedAt: number;
  readonly client: number;
}

/**
 * How long after its acknowledgement a write may be missing from a read, ms. Strong: not at all. Bounded: Milvus's
 * bound of 5 s (`common.gracefulTime`) and slack for a time tick. Eventually: what a healthy deployment needs many
 * times over.
 */
const allowances: Readonly<Record<Exclude<Level, 'Session'>, number>> = {
  Strong: 0,
  Bounded: 5500,
  Eventually: 10_000,
};

/** Whether a read at this level may still miss that write. Session: what its own client wrote it sees at once. */
export function mayMiss(level: Level | undefined, { ackedAt, client }: Written, read: Act): boolean {
  const isOwn = client === (read.request.client ?? 0);
  const allowance = level === 'Session' ? (isOwn ? 'Strong' : 'Eventually') : (level ?? 'Strong');
  return read.operation.calledAt - ackedAt < allowances[allowance];
}
