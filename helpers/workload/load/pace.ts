import type { LoadLevel } from './contract.ts';
import type { Probe } from './record.ts';

/** How often a probe calls, and how much one call is about. */
export interface ProbePace {
  /** ms between two ticks. Each calls, whether the call before has returned or not, if it `mayCall`. */
  readonly everyMs: number;
  /** Rows of a write, or keys of a read; 1 where the call is about none. */
  readonly rows: number;
}

/** Keys that the probe `query` reads at once. */
const keysOfQuery = 20;

/**
 * An outage is seen to `everyMs`, and to half a second while ten calls are under way. `ddl` is slower: Milvus makes collections one after another and takes up to 0.3 s
 * for one on a busy cluster (2.3 waits for a tick of its clock), so a faster probe would measure its own queue.
 */
export const paces: Readonly<Record<LoadLevel, Readonly<Record<Probe, ProbePace>>>> = {
  /** 100 rows a second: for a cluster that others use. */
  light: pacesOf(50, { read: 10, insert: 3, upsert: 2, delete: 1 }),
  /** 300 rows a second, about what the kills in the project's measurements were made under. */
  steady: pacesOf(50, { read: 20, insert: 10, upsert: 5, delete: 4 }),
  /** 6,000 rows a second: segments fill up and are flushed by the server itself. */
  heavy: pacesOf(25, { read: 50, insert: 100, upsert: 50, delete: 40 }),
};

/** Keys from 0 that `upsert` writes again and again (milvus#40207: such keys came back twice). */
export const upsertedAgain = 200;

/** Searches, queries and writes are asked at each tick; `count` and `read` tell of the same parts at every other. */
function pacesOf(
  everyMs: number,
  rows: Readonly<Record<'read' | 'insert' | 'upsert' | 'delete', number>>,
): Readonly<Record<Probe, ProbePace>> {
  return {
    search: { everyMs, rows: 1 },
    query: { everyMs, rows: keysOfQuery },
    count: { everyMs: 2 * everyMs, rows: 1 },
    read: { everyMs: 2 * everyMs, rows: rows.read },
    insert: { everyMs, rows: rows.insert },
    upsert: { everyMs, rows: rows.upsert },
    delete: { everyMs, rows: rows.delete },
    ddl: { everyMs: 500, rows: 1 },
  };
}

/** Calls of a probe under way from which on its ticks are thinned out: a Strong read on a busy cluster takes 0.4 s. */
const thinnedFrom = 10;

/** ms between two calls of a probe that is thinned out. */
const thinnedMs = 500;

/**
 * Whether a tick may call, with so many calls under way and the last begun so long ago. A server that hangs is asked
 * twice a second still, so that its return is seen; as often as before, a slow one would be buried under the calls
 * that it has not answered, and the load itself would be what keeps it away.
 */
export function mayCall(underWay: number, sinceLastMs: number): boolean {
  return underWay < thinnedFrom || sinceLastMs >= thinnedMs;
}
