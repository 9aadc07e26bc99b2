import { z } from 'zod';

const list = <T extends z.ZodType>(value: T) => z.object({ data: z.array(value) }).nullish();
const bytes = z.instanceof(Uint8Array);

const plain = {
  bool_data: list(z.boolean()),
  int_data: list(z.number()),
  long_data: list(z.string()),
  float_data: list(z.number()),
  double_data: list(z.number()),
  string_data: list(z.string()),
  json_data: list(bytes),
};

const elements = z.object(plain);
const scalars = z.object({
  ...plain,
  array_data: z.object({ data: z.array(elements) }).nullish(),
});
type Scalars = z.infer<typeof scalars>;

/** The numbers of a page of vectors are not looked at one by one: there are millions. */
const numbers = z.custom<readonly number[]>(Array.isArray);

const vectors = z.object({
  dim: z.coerce.number(),
  float_vector: z.object({ data: numbers }).nullish(),
  binary_vector: bytes.nullish(),
  float16_vector: bytes.nullish(),
  bfloat16_vector: bytes.nullish(),
  int8_vector: bytes.nullish(),
  sparse_float_vector: z.object({ contents: z.array(bytes) }).nullish(),
});
type Vectors = z.infer<typeof vectors>;

/** A column of a query's answer (milvus.proto.schema.FieldData), as proto-loader decodes it. */
export const columnSchema = z.object({
  field_name: z.string(),
  scalars: scalars.nullish(),
  vectors: vectors.nullish(),
  valid_data: z.array(z.boolean()).nullish(),
});
export type Column = z.infer<typeof columnSchema>;

/** A value of one row, in a form of which equal values have equal bytes. */
type CellBytes = string | Uint8Array;

/** Gives the cell of a row by its place in the page; undefined for null. */
export type Cells = (row: number) => CellBytes | undefined;

/** Cells of a column. @throws Error for a type that this version cannot read */
export function cellsOf(column: Column): Cells {
  const cells = valuesOf(column);
  const valid = column.valid_data ?? [];
  if (valid.length === 0) return cells.at;
  if (cells.length === valid.length) return (row) => (valid[row] === true ? cells.at(row) : undefined);
  // Compact form: only those that are not null are sent.
  let next = 0;
  const places = valid.map((is) => (is ? next++ : undefined));
  return (row) => {
    const place = places[row];
    return place === undefined ? undefined : cells.at(place);
  };
}

interface Values {
  readonly length: number;
  readonly at: Cells;
}

function valuesOf({ field_name: name, scalars: ofScalars, vectors: ofVectors }: Column): Values {
  const found = ofVectors == null ? scalarValues(ofScalars ?? {}) : vectorValues(ofVectors);
  if (found === undefined)
    throw new Error(`field ${name} has values of a kind that this version cannot read`);
  return found;
}

function scalarValues(given: Partial<Scalars>): Values | undefined {
  if (given.json_data != null) return listed(given.json_data.data, canonicalJson);
  if (given.array_data != null) return listed(given.array_data.data, elementsText);
  const data = plainOf(given);
  return data === undefined ? undefined : listed(data, String);
}

function plainOf(given: Partial<Scalars>): readonly (string | number | boolean)[] | undefined {
  const found =
    given.long_data ??
    given.string_data ??
    given.int_data ??
    given.double_data ??
    given.float_data ??
    given.bool_data;
  return found?.data;
}

function elementsText(given: z.infer<typeof elements>): string {
  return JSON.stringify(
    given.json_data == null ? (plainOf(given) ?? []) : given.json_data.data.map(canonicalJson),
  );
}

function listed<T>(data: readonly T[], textOf: (value: T) => string): Values {
  return {
    length: data.length,
    at: (row) => {
      const value = data[row];
      return value === undefined ? undefined : textOf(value);
    },
  };
}

/** JSON with its keys in order: a server may give them in another one. */
function canonicalJson(given: Uint8Array): string {
  const text = Buffer.from(given).toString();
  return text === '' ? '' : JSON.stringify(JSON.parse(text, inOrder));
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function vectorValues(given: Vectors): Values | undefined {
  const { dim } = given;
  if (given.sparse_float_vector != null) {
    const { contents } = given.sparse_float_vector;
    return { length: contents.length, at: (row) => contents[row] };
  }
  if (given.float_vector != null) {
    const all = Float32Array.from(given.float_vector.data);
    return cut(new Uint8Array(all.buffer), dim * Float32Array.BYTES_PER_ELEMENT);
  }
  if (given.binary_vector != null) return cut(given.binary_vector, dim / 8);
  if (given.int8_vector != null) return cut(given.int8_vector, dim);
  const halves = given.float16_vector ?? given.bfloat16_vector;
  return halves == null ? undefined : cut(halves, dim * 2);
}

function cut(all: Uint8Array, size: number): Values {
  return { length: all.length / size, at: (row) => all.subarray(row * size, (row + 1) * size) };
}
