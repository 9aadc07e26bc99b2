import type { Result } from '../../milvus/outcome.ts';
import type { Mark, State } from '../../milvus/requests.ts';
import type { ScenarioClient } from '../../milvus/scenario-client.ts';
import { type Poll, waitUntilDone } from '../wait.ts';
import type { LoadSettings } from './contract.ts';
import { vectorField } from './rows.ts';

/** ms that a flush, an index build or a load may take; right after a fault as well. */
const longestMs = 120_000;

/** Waits for things that take a while, of the collections of a load. */
export interface Waiter {
  readonly settings: Pick<LoadSettings, 'recorder' | 'signal' | 'progress'>;
  readonly sdk: ScenarioClient;
  readonly step: string;
}

/**
 * Flushes and waits for the end. A refused flush is asked for again: Milvus takes one every 10 s of a collection
 * (`quotaAndLimits.flushRate`), and none while it comes back after a fault.
 *
 * @returns why it did not end in time
 */
export async function flush(waiter: Waiter, collection: string): Promise<string | undefined> {
  const { sdk } = waiter;
  const mark = markOf(waiter, collection);
  let begun: Parameters<ScenarioClient['flushState']>[2] | undefined;
  return until(waiter, `the flush of ${collection} to begin and end`, async () => {
    if (begun === undefined) {
      const flushing = await sdk.flush(mark, collection);
      if (flushing.state !== 'ok') return flushing;
      begun = flushing.value;
    }
    return sdk.flushState(mark, collection, begun);
  });
}

/** Asks for a FLAT index by L2 and waits until it is built. @returns why it is not */
export async function buildIndex(waiter: Waiter, collection: string): Promise<string | undefined> {
  const { sdk } = waiter;
  const mark = markOf(waiter, collection);
  const index = { field: vectorField, type: 'FLAT', metric: 'L2' } as const;
  const created = await sdk.createIndex(mark, collection, index);
  if (created.state !== 'ok') return `No index of ${collection}: ${created.code}: ${created.message}.`;
  return until(waiter, `the index of ${collection} to be built`, () =>
    sdk.indexState(mark, collection, vectorField),
  );
}

/** Asks for it to be loaded and waits until it is. @returns why it is not */
export async function load(waiter: Waiter, collection: string): Promise<string | undefined> {
  const { sdk } = waiter;
  const mark = markOf(waiter, collection);
  let isAsked = false;
  return until(waiter, `${collection} to be loaded`, async () => {
    if (!isAsked) {
      const loading = await sdk.load(mark, collection);
      if (loading.state !== 'ok') return loading;
      isAsked = true;
    }
    return sdk.loadState(mark, collection);
  });
}

/** Waits until it is loaded without asking for that: a server that comes back loads what was loaded. */
export function isLoadedAgain(waiter: Waiter, collection: string): Promise<string | undefined> {
  const mark = markOf(waiter, collection);
  return until(waiter, `${collection} to be loaded again`, () => waiter.sdk.loadState(mark, collection));
}

/** Polls until it is done. No refusal is final: right after a fault Milvus refuses what it grants a second later. */
export function until(
  { settings: { recorder, signal, progress } }: Waiter,
  what: string,
  ask: () => Promise<Result<State>>,
): Promise<string | undefined> {
  const patient = async (): Promise<Poll> => {
    const asked = await ask();
    if (asked.state === 'ok') return asked;
    return { state: 'ok', value: { done: false, state: `${asked.code}: ${asked.message}` } };
  };
  return waitUntilDone(patient, { what, budgetMs: longestMs, signal, now: () => recorder.now(), progress });
}

function markOf({ step }: Waiter, collection: string): Mark {
  return { step, request: { collection } };
}
