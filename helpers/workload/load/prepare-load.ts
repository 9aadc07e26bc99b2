import type { Failure } from '../../milvus/outcome.ts';
import { type LoadClients, openLoadClients, patientTimeoutMs } from './clients.ts';
import { answerOf } from './answer.ts';
import type { LoadSettings } from './contract.ts';
import { clientOf, writeKeys } from './ledger-calls.ts';
import { everyRead } from './every-read.ts';
import { upsertedAgain } from './pace.ts';
import { loadSteps } from './record.ts';
import { fieldsOf } from './rows.ts';
import { StillOracle } from './still-oracle.ts';
import { buildIndex, flush, load, until, type Waiter } from './waits.ts';
import { pieces, writeRows } from './write-rows.ts';

const step = loadSteps.prepare;
/** Ledger's rows beside those that are upserted again: deletes have something to delete from the start. */
const ledgerRows = { flushed: upsertedAgain + 500, growing: 500 } as const;

/**
 * Makes the two collections, fills them, and waits until every probe's answer is right. Of either collection some
 * rows are flushed, indexed and loaded, the others come after the load: only the log holds them.
 *
 * @returns why the load cannot be started, in words; undefined when it can
 * @throws the signal's reason when aborted
 */
export async function prepareLoad(settings: LoadSettings): Promise<string | undefined> {
  const { plan, recorder, progress } = settings;
  await using clients = await openLoadClients(settings, recorder, patientTimeoutMs);
  const { still, ledger } = plan.collections;
  const waiter = { settings, sdk: clients.sdk, step };
  const writing = { plan, writer: clients.writer, step };
  const steps: readonly (readonly [text: string, run: () => Promise<string | undefined>])[] = [
    ['reach Milvus', () => reach(waiter)],
    ['make the collections', () => create(settings, clients)],
    ['write rows', () => writeRows(writing, still, 0, plan.flushedRows)],
    ['write rows', () => writeLedger(settings, clients, ledgerRows.flushed)],
    ['flush', () => flush(waiter, still)],
    ['flush', () => flush(waiter, ledger)],
    ['build the indexes', () => buildIndex(waiter, still)],
    ['build the indexes', () => buildIndex(waiter, ledger)],
    ['load', () => load(waiter, still)],
    ['load', () => load(waiter, ledger)],
    ['write growing rows', () => writeRows(writing, still, plan.flushedRows, plan.stillRows)],
    ['write growing rows', () => writeLedger(settings, clients, ledgerRows.growing)],
    ['first answers', () => untilRight(waiter, settings, clients)],
  ];
  for (const [text, run] of steps) {
    progress(`Load: ${text}`);
    const reason = await run();
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function reach(waiter: Waiter): Promise<string | undefined> {
  return until(waiter, 'Milvus to answer', async () => {
    const answered = await waiter.sdk.version({ step, request: {} });
    return answered.state === 'ok'
      ? { state: 'ok', value: { done: true, state: answered.value.version } }
      : answered;
  });
}

async function create({ plan }: LoadSettings, { sdk }: LoadClients): Promise<string | undefined> {
  const { still, ledger } = plan.collections;
  const { dimension } = plan;
  const requests = [
    { collection: still, dimension },
    { collection: ledger, ledger: 'create', dimension },
  ];
  for (const request of requests) {
    const { collection } = request;
    const made = await sdk.createCollection({ step, request }, collection, fieldsOf(plan));
    if (made.state !== 'ok') return `Collection ${collection} was not made: ${textOf(made)}.`;
  }
  return undefined;
}

async function writeLedger(
  settings: LoadSettings,
  clients: LoadClients,
  rows: number,
): Promise<string | undefined> {
  for (const { length } of pieces(0, rows)) {
    const keys = settings.keys.takeFresh(length);
    const failed = await writeKeys({ settings, clients, step }, 'insert', keys, clientOf(undefined));
    if (failed !== undefined) {
      return `Rows were not written to ${settings.plan.collections.ledger}: ${textOf(failed)}.`;
    }
  }
  return undefined;
}

function untilRight(
  waiter: Waiter,
  settings: LoadSettings,
  clients: LoadClients,
): Promise<string | undefined> {
  const { plan } = settings;
  const oracle = new StillOracle(plan);
  return until(waiter, 'right answers of the new collections', async () => {
    for (const make of everyRead({ settings, clients, oracle, step, also: {} })) {
      const answer = answerOf(await make(), plan, oracle);
      if (answer.state !== 'right') return { state: 'ok', value: { done: false, state: answer.text } };
    }
    return { state: 'ok', value: { done: true, state: 'right' } };
  });
}

function textOf({ code, message }: Failure): string {
  return `${code}: ${message}`;
}
