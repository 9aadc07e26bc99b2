import type { PackedWriter } from '../../milvus/packed-insert.ts';
import { keyListOf } from '../ledger/record.ts';
import type { LoadPlan } from './contract.ts';
import { packedRowsOf } from './rows.ts';

const rowsPerInsert = 500;

/** The numbers from one to below another, in pieces of what one insert writes. */
export function pieces(from: number, end: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil((end - from) / rowsPerInsert) }, (_, piece) => {
    const first = from + piece * rowsPerInsert;
    return Array.from({ length: Math.min(rowsPerInsert, end - first) }, (_each, row) => first + row);
  });
}

/**
 * Inserts the rows of these keys, generation 0, into a collection without a ledger.
 *
 * @returns why not all were acknowledged
 */
export async function writeRows(
  { plan, writer, step }: { readonly plan: LoadPlan; readonly writer: PackedWriter; readonly step: string },
  collection: string,
  from: number,
  end: number,
): Promise<string | undefined> {
  for (const keys of pieces(from, end)) {
    const mark = { step, request: { collection, keys: keyListOf(keys) } };
    const written = await writer.write(mark, 'insert', collection, packedRowsOf(plan, keys, 0));
    if (written.state !== 'ok') {
      return `Rows were not written to ${collection}: ${written.code}: ${written.message}.`;
    }
    if (written.value.rows !== keys.length) {
      return `Of ${keys.length} rows written to ${collection} ${written.value.rows} were acknowledged.`;
    }
  }
  return undefined;
}
