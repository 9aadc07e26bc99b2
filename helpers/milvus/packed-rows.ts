import { tagged, varint } from './wire.ts';

/** Columns of rows to be written; a value for each row, in order. */
type PackedColumn = ScalarColumn | VectorColumn;

interface ScalarColumn {
  readonly name: string;
  readonly type: keyof typeof scalarFields;
  /** Int64 as numbers or, beyond 2^53, as text. */
  readonly values: readonly (string | number | boolean)[];
}

/** The vector of row `i` starts at `i * dimension`. */
interface VectorColumn {
  readonly name: string;
  readonly type: 'FloatVector';
  readonly dimension: number;
  readonly values: Float32Array;
}

export interface PackedRows {
  readonly rows: number;
  readonly columns: readonly PackedColumn[];
}

/** Where the Milvus service takes the values of a type. */
const scalarFields = {
  Bool: 'bool_data',
  Int8: 'int_data',
  Int16: 'int_data',
  Int32: 'int_data',
  Int64: 'long_data',
  Float: 'float_data',
  Double: 'double_data',
  VarChar: 'string_data',
} as const;

/** Numbers of fields in Milvus's `milvus.proto` and `schema.proto`; a number is for life in protobuf. */
const fieldsData = 5;
const ofFieldData = { type: 1, name: 2, vectors: 4 } as const;
const ofVectorField = { dimension: 1, floats: 2 } as const;
const ofFloatArray = { data: 1 } as const;
const floatVectorType = 101;

/**
 * The bytes of an insert or upsert request. `serialize` is the service definition's own; it is given all but the
 * vectors. Those follow as they lie in memory, for packed floats are little-endian float32 on the wire as well: no
 * component is looked at. (In protobuf, a message followed by more of a repeated field is the message with more.)
 *
 * `space` is written to where it is large enough: fresh memory of 30 MB costs six times the copying. The result is
 * the start of a buffer of its own.
 *
 * @throws Error where a column does not hold a value for each row
 */
export function packRows(
  serialize: (request: object) => Buffer,
  collection: string,
  { rows, columns }: PackedRows,
  space?: Buffer,
): Buffer {
  for (const column of columns) checkLength(column, rows);
  const head = serialize({
    collection_name: collection,
    num_rows: rows,
    fields_data: columns.flatMap((column) => (column.type === 'FloatVector' ? [] : scalarData(column))),
  });
  const parts = [
    head,
    ...columns.flatMap((column) => (column.type === 'FloatVector' ? vectorData(column) : [])),
  ];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const packed = space !== undefined && space.length >= length ? space : Buffer.allocUnsafeSlow(length);
  let end = 0;
  for (const part of parts) {
    packed.set(part, end);
    end += part.length;
  }
  return packed.subarray(0, length);
}

function checkLength(column: PackedColumn, rows: number): void {
  const expected = column.type === 'FloatVector' ? rows * column.dimension : rows;
  if (column.values.length === expected) return;
  throw new Error(
    `Column ${column.name} of ${rows} rows must hold ${expected} values and holds ${column.values.length}.`,
  );
}

function scalarData({ name, type, values }: ScalarColumn): object {
  return { type, field_name: name, scalars: { [scalarFields[type]]: { data: values } } };
}

/** `fields_data` with the lengths of all that is nested in it, then the floats. */
function vectorData({ name, dimension, values }: VectorColumn): Uint8Array[] {
  const floats = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const nameBytes = Buffer.from(name);
  const floatArray = tagged(ofFloatArray.data, floats.length);
  const vectorField = Buffer.concat([
    varint(ofVectorField.dimension << 3),
    varint(dimension),
    tagged(ofVectorField.floats, floatArray.length + floats.length),
    floatArray,
  ]);
  const fieldData = Buffer.concat([
    varint(ofFieldData.type << 3),
    varint(floatVectorType),
    tagged(ofFieldData.name, nameBytes.length),
    nameBytes,
    tagged(ofFieldData.vectors, vectorField.length + floats.length),
    vectorField,
  ]);
  return [tagged(fieldsData, fieldData.length + floats.length), fieldData, floats];
}
