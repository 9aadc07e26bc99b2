import type { FieldType } from '@zilliz/milvus2-sdk-node';
import { z } from 'zod';
import type { PackedRows } from '../../milvus/packed-rows.ts';
import type { RowShown } from '../ledger/record.ts';
import { checksumOfRow, ledgerRowInto } from '../ledger/row.ts';
import type { LoadPlan } from './contract.ts';

/** The fields of both collections: a ledger's row. */
export function fieldsOf({ dimension }: Pick<LoadPlan, 'dimension'>): FieldType[] {
  return [
    { name: keyField, data_type: 'Int64', is_primary_key: true, autoID: false },
    { name: 'generation', data_type: 'Int64' },
    { name: 'label', data_type: 'VarChar', max_length: 64 },
    { name: 'amount', data_type: 'Int32' },
    { name: 'weight', data_type: 'Float' },
    { name: 'active', data_type: 'Bool' },
    { name: vectorField, data_type: 'FloatVector', dim: dimension },
  ];
}

export const keyField = 'id';
export const vectorField = 'vector';
export const fieldNames = [keyField, 'generation', 'label', 'amount', 'weight', 'active', vectorField];

/** The rows of these keys, as they are sent. */
export function packedRowsOf(
  { seed, dimension }: Pick<LoadPlan, 'seed' | 'dimension'>,
  keys: readonly number[],
  generation: number,
): PackedRows {
  const vectors = new Float32Array(keys.length * dimension);
  const rows = keys.map((key, index) =>
    ledgerRowInto(vectors.subarray(index * dimension, (index + 1) * dimension), seed, key, generation),
  );
  return {
    rows: keys.length,
    columns: [
      { name: keyField, type: 'Int64', values: keys },
      { name: 'generation', type: 'Int64', values: rows.map((row) => row.generation) },
      { name: 'label', type: 'VarChar', values: rows.map((row) => row.label) },
      { name: 'amount', type: 'Int32', values: rows.map((row) => row.amount) },
      { name: 'weight', type: 'Float', values: rows.map((row) => row.weight) },
      { name: 'active', type: 'Bool', values: rows.map((row) => row.active) },
      { name: vectorField, type: 'FloatVector', dimension, values: vectors },
    ],
  };
}

const number = z.coerce.number();

/** A row as it was read. A value that is missing makes another checksum. */
const rowRead = z.object({
  id: number,
  generation: number,
  label: z.string().catch(''),
  amount: number.catch(0),
  weight: number.catch(0),
  active: z.boolean().catch(false),
  vector: z.array(z.number()).catch([]),
});

/** Of a row of the ledger. */
export const rowShown = rowRead.transform((row): RowShown => [row.id, row.generation, checksumOfRow(row)]);

/** Of a still row. */
export const stillRowShown = rowRead.transform((row) => [row.id, checksumOfRow(row)] as const);

/** A filter for these keys. */
export function byKeys(keys: Iterable<number>): string {
  return `${keyField} in [${[...keys].join(', ')}]`;
}

/** A filter for the keys of a range with both ends. */
export function byRange(from: number, to: number): string {
  return `${keyField} >= ${from} and ${keyField} <= ${to}`;
}
