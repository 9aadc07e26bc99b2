import { z } from 'zod';
import { collectionSchema } from './snapshot-collection.ts';
import { deploymentSchema } from './snapshot-deployment.ts';

const text = z.string();
const count = z.number().int();
const settings = z.record(text, text);

const outcome = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ok') }),
  z.strictObject({ state: z.literal('failed'), error: text }),
  z.strictObject({ state: z.literal('unasked'), reason: text }),
]);

/** One Ready proxy pod, asked by itself. */
const proxy = z.strictObject({
  pod: text,
  version: text.exactOptional(),
  /** A row of the suite's own, written through it. */
  write: outcome,
  /** The same row, read through it. */
  read: outcome,
});

/** The suite's own collection; everything in it follows from these. */
export const canaryPlan = z.strictObject({
  collection: text,
  seed: count,
  dimension: count,
  /** Keys from 0. */
  rows: count,
});

/** What was found in it. Rows are `[key, checksum]`. */
const canary = z.strictObject({
  plan: canaryPlan,
  state: z.enum(['written', 'read', 'gone', 'failed']),
  error: text.exactOptional(),
  count: count.exactOptional(),
  rows: z.array(z.tuple([count, count])).exactOptional(),
  searches: z
    .array(
      z.strictObject({
        query: count,
        hits: z.array(z.strictObject({ key: count, distance: z.number() })),
      }),
    )
    .exactOptional(),
  removed: z.boolean().exactOptional(),
});

/** What the upgrade is to install, where it was told before. */
const upgradePlan = z.strictObject({
  /** `--to IMAGE`, `--apply FILE`. */
  from: text,
  version: text.exactOptional(),
  log: text.exactOptional(),
  logBecause: text,
  roles: z.array(text),
  images: z.array(text),
  configuration: settings,
  claims: z.array(text),
});

export const snapshotSchema = z.strictObject({
  schemaVersion: z.literal(1),
  takenAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  simulation: z.boolean(),
  namespace: text,
  instance: text,
  limits: z.strictObject({ rows: count, rowsPerSecond: count }),
  deployment: deploymentSchema,
  databases: z.array(text),
  collections: z.array(collectionSchema),
  /** What could not be read at all: a database, a collection, and why. */
  unread: z.array(z.strictObject({ what: text, error: text })),
  proxies: z.array(proxy),
  canary: canary.exactOptional(),
  plan: upgradePlan.exactOptional(),
  cost: z.strictObject({ requests: count, rows: count, durationMs: count }),
});

/**
 * A deployment and what is in it, before an upgrade or after: names, counts and checksums. No row, key or vector of
 * the user's is in it.
 */
export type Snapshot = z.infer<typeof snapshotSchema>;
export type ProxyFacts = z.infer<typeof proxy>;
export type CanaryPlan = z.infer<typeof canaryPlan>;
export type CanaryFacts = z.infer<typeof canary>;
export type UpgradePlan = z.infer<typeof upgradePlan>;
export type ReadLimits = Snapshot['limits'];
