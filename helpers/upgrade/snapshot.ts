import { z } from 'zod';

const text = z.string();
const count = z.number().int();
const settings = z.record(text, text);

/** A field of a collection as its schema has it; what is not told is left out. */
const field = z.strictObject({
  name: text,
  type: text,
  primary: z.boolean(),
  autoId: z.boolean(),
  partitionKey: z.boolean(),
  nullable: z.boolean(),
  /** Type of an array's elements. */
  element: text.exactOptional(),
  /** For example `dim`, `max_length`. */
  params: settings,
});

const schema = z.strictObject({
  description: text,
  dynamic: z.boolean(),
  fields: z.array(field),
  functions: z.array(text),
});

const index = z.strictObject({ name: text, field: text, params: settings });

/** Rows of a loaded collection. Checksums are sums over rows, so that their order does not count. */
const readRows = z.strictObject({
  state: z.literal('read'),
  /** `count(*)`, Strong, before the rows were read and after: where they differ, clients write meanwhile. */
  count,
  countAfter: count,
  /** Keys read, each once. */
  keys: count,
  keysChecksum: text,
  /** Rows read whole: those whose key's CRC-32 is a multiple of `oneIn`; 1 for all. */
  sample: z.strictObject({
    oneIn: count,
    rows: count,
    checksum: text,
    fields: z.array(text),
    /** Fields whose values could not be read, with the server's words. */
    without: z.array(z.strictObject({ field: text, reason: text })),
  }),
});

const rows = z.discriminatedUnion('state', [
  readRows,
  /** Rows of a collection that is not loaded cannot be read. */
  z.strictObject({ state: z.literal('not-loaded') }),
  z.strictObject({ state: z.literal('failed'), error: text }),
]);

/** One sample search: the distances that Milvus answered, nearest first. Keys and vectors are not kept. */
const search = z.strictObject({
  field: text,
  /** Number of the query; its vector follows from the field, its dimension, and this. */
  query: count,
  k: count,
  metric: text,
  index: text,
  answer: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('answered'), distances: z.array(z.number()) }),
    z.strictObject({ state: z.literal('failed'), error: text }),
  ]),
});

const collection = z.strictObject({
  database: text,
  name: text,
  id: text,
  schema,
  shards: count,
  consistency: text,
  properties: settings,
  indexes: z.array(index),
  /** `count` where the collection is loaded and has several. */
  partitions: z.array(z.strictObject({ name: text, count: count.exactOptional() })),
  aliases: z.array(text),
  /** `LoadStateLoaded`, `LoadStateNotLoad`, `LoadStateLoading`. */
  loadState: text,
  rows,
  searches: z.array(search),
});

const component = z.strictObject({
  role: text,
  /** `Deployment/my-release-milvus-proxy`. */
  workload: text,
  container: text,
  image: text,
  replicas: count,
  pods: z.array(z.strictObject({ name: text, image: text, ready: z.boolean() })),
});

const claim = z.strictObject({
  name: text,
  /** What is kept on it: `etcd data`; empty for a claim that nothing need be kept on. */
  keeps: z.array(text),
  /** Stores whose data that is: `metadata`, `object`, `log`. */
  stores: z.array(text),
  uid: text.exactOptional(),
  volume: text.exactOptional(),
  volumeUid: text.exactOptional(),
});

const deployment = z.strictObject({
  version: text.exactOptional(),
  /** What Milvus itself says. */
  serverVersion: text.exactOptional(),
  mode: text,
  managedBy: text,
  log: text.exactOptional(),
  components: z.array(component),
  /** Settings that say where data is, by path; in their effective form, defaults spelt out. */
  configuration: settings,
  claims: z.array(claim),
  etcdClusterIds: z.array(text),
  bucketExists: z.boolean().exactOptional(),
  /** Disruption budgets of the namespace, and the workloads of components that each protects. */
  budgets: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('read'),
      found: z.array(z.strictObject({ name: text, workloads: z.array(text) })),
    }),
    z.strictObject({ state: z.literal('refused'), message: text }),
  ]),
});

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
  deployment,
  databases: z.array(text),
  collections: z.array(collection),
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
export type CollectionFacts = z.infer<typeof collection>;
export type DeploymentFacts = z.infer<typeof deployment>;
export type BudgetFacts = DeploymentFacts['budgets'];
export type SchemaFacts = z.infer<typeof schema>;
export type IndexFacts = z.infer<typeof index>;
export type RowsFacts = z.infer<typeof rows>;
export type SearchFacts = z.infer<typeof search>;
export type ProxyFacts = z.infer<typeof proxy>;
export type CanaryPlan = z.infer<typeof canaryPlan>;
export type CanaryFacts = z.infer<typeof canary>;
export type UpgradePlan = z.infer<typeof upgradePlan>;
export type ReadLimits = Snapshot['limits'];

export const collectionSchema = collection;
