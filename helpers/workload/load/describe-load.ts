import { z } from 'zod';
import { openPlainConnection, type PlainConnection } from '../../milvus/plain-connection.ts';
import { recorded } from '../../milvus/recorded.ts';
import type { LoadSettings } from './contract.ts';
import { loadSteps, type Moment } from './record.ts';

const callTimeoutMs = 30_000;
const id = z.coerce.string();
const pairs = z.array(z.object({ key: z.string(), value: z.string() })).default([]);

/** What is asked of a collection, and what of the answer must outlast every pod. */
const questions = [
  {
    method: 'DescribeCollection',
    value: z.object({
      collectionID: id,
      consistency_level: z.string(),
      shards_num: z.number(),
      schema: z.object({
        fields: z.array(
          z.object({
            name: z.string(),
            data_type: z.string(),
            is_primary_key: z.boolean(),
            autoID: z.boolean(),
            type_params: pairs,
          }),
        ),
      }),
    }),
  },
  {
    method: 'DescribeIndex',
    value: z.object({
      index_descriptions: z.array(
        z.object({ index_name: z.string(), indexID: id, field_name: z.string(), params: pairs }),
      ),
    }),
  },
  {
    method: 'ShowPartitions',
    value: z.object({ partition_names: z.array(z.string()), partitionIDs: z.array(id) }),
  },
  { method: 'GetLoadState', value: z.object({ state: z.string() }) },
] as const;

/**
 * Writes down what Milvus says of the load's collections: schema, index, partitions, whether they are loaded, each
 * with its id. Before the fault and after it, so that the two can be compared.
 *
 * @throws the signal's reason when aborted
 */
export async function describeLoad(settings: LoadSettings, moment: Moment): Promise<void> {
  const { target, signal, plan } = settings;
  await using connection = await openPlainConnection(target, { callTimeoutMs, signal });
  for (const collection of [plan.collections.still, plan.collections.ledger]) {
    for (const { method, value } of questions)
      await ask(settings, connection, moment, collection, method, value);
  }
}

async function ask(
  { recorder, signal }: LoadSettings,
  connection: PlainConnection,
  moment: Moment,
  collection: string,
  name: string,
  value: z.ZodType,
): Promise<void> {
  const method = connection.method(name);
  const mark = { step: loadSteps.describe, request: { collection, moment } };
  const call = name.charAt(0).toLowerCase() + name.slice(1);
  await recorded(recorder, signal, { call, mark, schema: value }, () =>
    connection.send(method, method.requestSerialize({ collection_name: collection })),
  );
}
