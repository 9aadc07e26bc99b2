import { crc32 } from 'node:zlib';
import type { Field, FieldType, Metric, Range, Scenario } from './scenario.ts';
import { type Row, sourceOf, type Value } from './values.ts';

/** The row of a number as it is sent; a field that its plan leaves out is not in it. Follows from the seed alone. */
export function rowSent(
  { fields }: Pick<Scenario, 'fields'>,
  seed: number,
  number: number,
  generation: number,
): Row {
  return Object.fromEntries(
    fields.flatMap((field, index): [string, Value][] => {
      if (field.key === 'generated') return [];
      const value = field.value(sourceOf(seed, index, number, generation));
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

/** The same row as it must be read: defaults and nulls in place of what was left out. */
export function rowStored({ fields }: Pick<Scenario, 'fields'>, sent: Row): Row {
  return Object.fromEntries(
    comparedFields({ fields }).map((field): [string, Value] => [
      field.name,
      sent[field.name] ?? field.defaultValue ?? null,
    ]),
  );
}

/** How the rows of a field are compared in a search. */
export function metricOf({ indexes }: Pick<Scenario, 'indexes'>, field: string): Metric {
  const metric = indexes.find((index) => index.field === field)?.metric;
  if (metric === undefined || metric === 'BM25') throw new Error(`The scenario has no metric for ${field}.`);
  return metric;
}

export function keyFieldOf({ fields }: Pick<Scenario, 'fields'>): Field {
  const key = fields.find((field) => field.key !== undefined);
  if (key === undefined) throw new Error('The scenario has no primary key.');
  return key;
}

/** The key of a row's number as text; undefined where the server makes keys. It does not change with generations. */
export function keyOf(scenario: Pick<Scenario, 'fields'>, seed: number, number: number): string | undefined {
  const { name, key } = keyFieldOf(scenario);
  return key === 'generated' ? undefined : textOf(rowSent(scenario, seed, number, 0)[name]);
}

/** A fresh query vector: it follows from the seed and the number, and no row has it. */
export function queryVectorOf(scenario: Scenario, name: string, seed: number, number: number): Value {
  const index = scenario.fields.findIndex((field) => field.name === name);
  return scenario.fields[index]?.value(sourceOf(seed, 1000 + index, number, 0)) ?? null;
}

export function numbersOf({ from, to }: Range): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Columns whose values are compared: all but those that the server makes. */
export function comparedFields({ fields }: Pick<Scenario, 'fields'>): readonly Field[] {
  return fields.filter(({ key, computedFrom }) => key !== 'generated' && computedFrom === undefined);
}

/** CRC-32 over the compared columns, as 8 hexadecimal digits; a row read and a row sent are put in one form first. */
export function checksumOf(
  scenario: Pick<Scenario, 'fields'>,
  row: Readonly<Record<string, unknown>>,
): string {
  const values = comparedFields(scenario).map(({ name, type }) => plain(type, row[name]));
  return crc32(JSON.stringify(values)).toString(16).padStart(8, '0');
}

function plain(type: FieldType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'Int64':
      return textOf(value);
    case 'Float':
      return Math.fround(Number(value));
    case 'Array':
    case 'FloatVector':
    case 'BinaryVector':
      return isIterable(value) ? Array.from(value, String) : value;
    default:
      return sorted(value);
  }
}

/** Objects with their names in order, so that equal ones are the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}

/** A key or a number as text; what else it is, as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
