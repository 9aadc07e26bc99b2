import { z } from 'zod';
import type { SchemaFacts } from './snapshot-collection.ts';

export const vectorTypes: ReadonlySet<string> = new Set([
  'FloatVector',
  'BinaryVector',
  'Float16Vector',
  'BFloat16Vector',
  'SparseFloatVector',
  'Int8Vector',
]);

const scalarTypes: ReadonlySet<string> = new Set([
  'Bool',
  'Int8',
  'Int16',
  'Int32',
  'Int64',
  'Float',
  'Double',
  'VarChar',
  'Array',
  'JSON',
]);

/** `key` and `value` pairs as one record. */
export const pairs = z
  .array(z.object({ key: z.string(), value: z.string() }))
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

const field = z.object({
  name: z.string(),
  data_type: z.string(),
  is_primary_key: z.boolean(),
  autoID: z.boolean(),
  is_partition_key: z.boolean().default(false),
  nullable: z.boolean().default(false),
  is_dynamic: z.boolean().default(false),
  is_function_output: z.boolean().default(false),
  element_type: z.string().default('None'),
  type_params: pairs,
});

/** A collection's schema (milvus.proto.schema.CollectionSchema) as its facts. */
export const schemaAnswer = z
  .object({
    description: z.string(),
    enable_dynamic_field: z.boolean().default(false),
    fields: z.array(field),
    functions: z.array(z.object({ name: z.string() })).default([]),
  })
  .transform(
    (schema): SchemaFacts => ({
      description: schema.description,
      dynamic: schema.enable_dynamic_field,
      functions: schema.functions.map(({ name }) => name),
      fields: schema.fields.map((each) => ({
        name: each.name,
        type: each.data_type,
        primary: each.is_primary_key,
        autoId: each.autoID,
        partitionKey: each.is_partition_key,
        nullable: each.nullable,
        ...(each.data_type === 'Array' && { element: each.element_type }),
        params: { ...each.type_params, ...(each.is_function_output && { function_output: 'true' }) },
      })),
    }),
  );

/** Fields whose values a query gives: not what a function computes, and not kinds that came later. */
export function readableFields({ fields, dynamic }: SchemaFacts): readonly string[] {
  const named = fields
    .filter(({ type, params }) => params['function_output'] === undefined && isReadable(type))
    .map(({ name }) => name);
  return dynamic && !named.includes(dynamicField) ? [...named, dynamicField] : named;
}

/** Holds what the schema does not name. */
const dynamicField = '$meta';

function isReadable(type: string): boolean {
  return scalarTypes.has(type) || vectorTypes.has(type);
}

/** Components of a vector field; for a text its greatest length, as a guess of its bytes; else 1. */
export function dimensionOf({ type, params }: SchemaFacts['fields'][number]): number {
  if (type === 'VarChar') return Math.min(Number(params['max_length'] ?? 256), 1024) / 4;
  return Number(params['dim'] ?? 1);
}
