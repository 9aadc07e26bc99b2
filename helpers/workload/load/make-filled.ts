import { openLoadClients, patientTimeoutMs } from './clients.ts';
import type { LoadSettings } from './contract.ts';
import { fieldsOf } from './rows.ts';
import { flush } from './waits.ts';
import { writeRows } from './write-rows.ts';

/** Enough that Milvus builds an index of them, which it queues for a second or so. */
const rows = 5000;

/** Makes a collection of the run's own with flushed rows and no index. @returns why it could not */
export async function makeFilled(
  settings: LoadSettings,
  collection: string,
  step: string,
): Promise<string | undefined> {
  const { plan, recorder } = settings;
  await using clients = await openLoadClients(settings, recorder, patientTimeoutMs);
  const mark = { step, request: { collection } };
  const made = await clients.sdk.createCollection(mark, collection, fieldsOf(plan));
  if (made.state !== 'ok') return `Collection ${collection} was not made: ${made.code}: ${made.message}.`;
  const unwritten = await writeRows({ plan, writer: clients.writer, step }, collection, 0, rows);
  return unwritten ?? (await flush({ settings, sdk: clients.sdk, step }, collection));
}
