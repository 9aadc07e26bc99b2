import type { Field } from '../workload/scenarios/scenario.ts';
import type { Row, Value } from '../workload/scenarios/values.ts';

/**
 * An insert as the gRPC service takes it, with nothing checked: a vector's dimension is that of the first row. For
 * keys, texts and float vectors.
 */
export function plainInsert(collection: string, fields: readonly Field[], rows: readonly Row[]): object {
  return {
    collection_name: collection,
    num_rows: rows.length,
    fields_data:
      rows.length === 0
        ? []
        : fields.map((field) =>
            columnOf(
              field,
              rows.map((row) => row[field.name] ?? null),
            ),
          ),
  };
}

function columnOf({ name, type }: Field, values: readonly Value[]): object {
  const column = { field_name: name, type };
  if (type === 'FloatVector') {
    const dim = Array.isArray(values[0]) ? values[0].length : 0;
    return { ...column, vectors: { dim, float_vector: { data: values.flat() } } };
  }
  return {
    ...column,
    scalars: type === 'Int64' ? { long_data: { data: values } } : { string_data: { data: values } },
  };
}
