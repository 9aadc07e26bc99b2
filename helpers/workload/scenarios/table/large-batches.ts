import type { Field, Scenario } from '../scenario.ts';
import { embedding, flat, id } from './fields.ts';

const bytesOfRow = 60_000;

/** Text that is the same nowhere: what is cut or put together wrongly has another checksum. */
const page: Field = {
  name: 'page',
  type: 'VarChar',
  maxLength: 65_535,
  value: ({ number, generation, below }) =>
    `${number}.${generation}.${below(2 ** 31).toString(36)} `.repeat(bytesOfRow).slice(0, bytesOfRow),
};

/**
 * One call of 15 MB: a quarter of what a proxy takes (64 MiB), and several times what Pulsar or Kafka take in one
 * message, so that Milvus must take it apart on the way to its log.
 */
const rowsPerCall = 250;

/** In answers of 1.5 MB: how much one may hold is not the question here. */
const read = { act: 'read', rows: { from: 1, to: rowsPerCall }, perCall: 25 } as const;

/** Large calls: as many rows as were sent are kept, each whole. */
export const largeBatches: Scenario = {
  name: 'large batches',
  fields: [id, page, embedding],
  indexes: [flat],
  steps: [
    { act: 'insert', rows: { from: 1, to: rowsPerCall }, perCall: rowsPerCall },
    { act: 'index' },
    { act: 'load' },
    { act: 'count' },
    read,
    { act: 'upsert', rows: { from: 1, to: rowsPerCall }, generation: 1, perCall: rowsPerCall },
    { act: 'count' },
    read,
    { act: 'flush' },
    { act: 'release' },
    { act: 'load' },
    { act: 'count' },
    read,
    { act: 'search', field: 'embedding', queries: 2, k: 10 },
  ],
};
