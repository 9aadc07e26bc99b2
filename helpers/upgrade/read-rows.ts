import { z } from 'zod';
import type { Failure, Result } from '../milvus/outcome.ts';
import type { Pace } from './pace.ts';
import { failureText, type MilvusReader } from './reader.ts';
import { Reading, type RowsAsked } from './row-reading.ts';
import { readableFields } from './schema.ts';
import type { RowsFacts } from './snapshot-collection.ts';

const counted = z
  .object({
    fields_data: z.tuple([
      z.object({ scalars: z.object({ long_data: z.object({ data: z.tuple([z.coerce.number()]) }) }) }),
    ]),
  })
  .transform(({ fields_data: [{ scalars }] }) => scalars.long_data.data[0]);
/** `count(*)`, Strong; of one partition, or of all. */
export function countRows(
  reader: MilvusReader,
  { database, collection }: Pick<RowsAsked, 'database' | 'collection'>,
  partition?: string,
): Promise<Result<number>> {
  return reader.read(
    'Query',
    {
      db_name: database,
      collection_name: collection,
      partition_names: partition === undefined ? [] : [partition],
      output_fields: ['count(*)'],
      consistency_level: 'Strong',
    },
    counted,
  );
}

/**
 * Reads every key of a loaded collection, and its rows: all, or a sample that follows from the keys alone. Pages go
 * up by primary key, since no query reaches beyond the first 16,384 rows. Rejects only when the run was cut short.
 */
export async function readRows(reader: MilvusReader, asked: RowsAsked, pace: Pace): Promise<RowsFacts> {
  const before = await countRows(reader, asked);
  if (before.state !== 'ok') return failed(before);
  const count = before.value;
  const oneIn = asked.as?.oneIn ?? Math.max(1, Math.ceil(count / asked.rows));
  const fields = readableFields(asked.schema).filter((name) => asked.as?.fields.includes(name) ?? true);
  const reading = new Reading(reader, asked, pace, fields, count);
  const problem = await (oneIn === 1 ? reading.whole() : reading.sampled(oneIn));
  if (problem !== undefined) return failed(problem);
  const after = await countRows(reader, asked);
  if (after.state !== 'ok') return failed(after);
  return {
    state: 'read',
    count,
    countAfter: after.value,
    keys: reading.keys,
    keysChecksum: reading.keysChecksum.toString(),
    sample: {
      oneIn,
      rows: reading.rows,
      checksum: reading.rowsChecksum.toString(),
      fields: reading.fields,
      without: reading.without,
    },
  };
}

function failed(failure: Failure): RowsFacts {
  return { state: 'failed', error: failureText(failure) };
}
