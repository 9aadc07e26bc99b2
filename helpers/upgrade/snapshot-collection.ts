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

/** A collection as a snapshot keeps it. */
export const collectionSchema = z.strictObject({
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

export type CollectionFacts = z.infer<typeof collectionSchema>;
export type SchemaFacts = CollectionFacts['schema'];
export type IndexFacts = CollectionFacts['indexes'][number];
export type RowsFacts = CollectionFacts['rows'];
export type SearchFacts = CollectionFacts['searches'][number];
