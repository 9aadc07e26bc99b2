import { z } from 'zod';
import type { Operation } from '../history.ts';

/**
 * What a continuous load does over and over, each a probe of its own. `request.probe` of an operation names it:
 *
 * | probe | on | does | right when |
 * |---|---|---|---|
 * | `search` | the still rows | the `k` nearest of the row `query`'s vector | just the oracle's hits, in its order |
 * | `query` | the still rows | reads keys, Strong | just these rows, as they were written |
 * | `count` | the still rows | `count(*)`, Strong | the number of rows |
 * | `read` | the ledger's rows | reads keys, Strong; a ledger's `read` | the ledger's judge says |
 * | `insert`, `upsert`, `delete` | the ledger's rows | a ledger's write | acknowledged in full |
 * | `ddl` | collections of its own | creates one, or drops it | Success |
 *
 * The still rows are written before the fault and never change: of every answer about them it is known at once
 * whether it is right. Some are flushed, indexed and loaded, the others are growing: only the log holds them.
 */
export const probes = ['search', 'query', 'count', 'read', 'insert', 'upsert', 'delete', 'ddl'] as const;
export type Probe = (typeof probes)[number];

const key = z.number().int();
const rows = z.number().int();

/** Of the still rows: `[key, checksum]`, by `checksumOfRow`. */
const stillRow = z.tuple([key, z.number()]);

/** What the history holds of each probe, besides `probe` and `collection`; writes and `read` as a ledger's. */
export const probeRecords = {
  search: {
    request: z.object({ query: key, k: z.number().int() }),
    value: z.object({ hits: z.array(z.object({ key: z.number(), distance: z.number() })) }),
  },
  query: { request: z.object({ keys: z.array(key) }), value: z.object({ rows: z.array(stillRow) }) },
  /** Without bounds, of the still rows. With them, of the ledger's, some of whose writes are unknown. */
  count: {
    request: z.object({ atLeast: rows.exactOptional(), atMost: rows.exactOptional() }),
    value: z.object({ count: rows }),
  },
} as const;

/** The steps of a load, by their names in the history. */
export const loadSteps = {
  /** What a probe does. */
  load: 'load',
  /** Making and filling the collections, before the load. */
  prepare: 'prepare',
  /** The last look at every row and every search, after the load. */
  verify: 'verify',
  /** What Milvus says of the collections: schema, index, partitions, whether they are loaded; `request.moment`. */
  describe: 'describe',
  /** The call to which a fault is timed, and what it takes. */
  act: 'act',
  /** Removing the collections, and the look whether it worked. */
  drop: 'drop',
} as const;

/** The last looks of `verify`, each at everything; `request.after` names it. */
export const looks = ['load', 'release and load', 'flush'] as const;
export type Look = (typeof looks)[number];

/** When a collection is described, against the fault. */
export type Moment = 'before' | 'after';

/** The probe that an operation is of; undefined for the steps before and after the load. */
export function probeOf({ request }: Pick<Operation, 'request'>): Probe | undefined {
  return probes.find((probe) => probe === request['probe']);
}

/**
 * The probe whose answer a read of `prepare` or `verify` must give; `request.check` names it. The reads of ledger
 * rows have none: they are a ledger's `read`.
 */
export function checkOf({ request }: Pick<Operation, 'request'>): Probe | undefined {
  return probes.find((probe) => probe === request['check']);
}
