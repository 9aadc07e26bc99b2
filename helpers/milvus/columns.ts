import { z } from 'zod';

const values = z.union([z.string(), z.number(), z.boolean()]);
const data = z.object({ data: z.array(values) }).nullish();

/** What an answer to a query holds, column by column, of fields that are scalars or float vectors. */
export const columns = z.object({
  fields_data: z.array(
    z.object({
      field_name: z.string(),
      scalars: z
        .object({
          bool_data: data,
          int_data: data,
          long_data: data,
          float_data: data,
          double_data: data,
          string_data: data,
        })
        .nullish(),
      vectors: z
        .object({ dim: z.coerce.number(), float_vector: z.object({ data: z.array(z.number()) }).nullish() })
        .nullish(),
    }),
  ),
});

type Column = z.infer<typeof columns>['fields_data'][number];

/** Rows by field name; as many as the longest column has. What a column lacks, a row lacks. */
export function rowsOfColumns(
  { fields_data }: z.infer<typeof columns>,
  fields: readonly string[],
): Record<string, unknown>[] {
  const each = fields_data.filter(({ field_name }) => fields.includes(field_name)).map(columnOf);
  const rows = Math.max(0, ...each.map(({ length }) => length));
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(each.map(({ name, at }) => [name, at(row)])),
  );
}

function columnOf({ field_name: name, scalars, vectors }: Column): {
  readonly name: string;
  readonly length: number;
  readonly at: (row: number) => unknown;
} {
  if (vectors !== null && vectors !== undefined) {
    const all = vectors.float_vector?.data ?? [];
    const { dim } = vectors;
    return {
      name,
      length: dim === 0 ? 0 : all.length / dim,
      at: (row) => all.slice(row * dim, (row + 1) * dim),
    };
  }
  const all = Object.values(scalars ?? {}).find((each) => each !== null && each !== undefined)?.data ?? [];
  return { name, length: all.length, at: (row) => all[row] };
}
