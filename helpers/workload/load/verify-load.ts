import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf } from './answer.ts';
import { openLoadClients, patientTimeoutMs } from './clients.ts';
import type { LoadSettings } from './contract.ts';
import { everyRead, type Reading } from './every-read.ts';
import { type Look, loadSteps, looks } from './record.ts';
import { StillOracle } from './still-oracle.ts';
import { flush, isLoadedAgain, load, until, type Waiter } from './waits.ts';

const step = loadSteps.verify;
/** A read that fails is made again so often, a second apart: after a fault some may. A wrong answer stands. */
const triesPerRead = 30;

/**
 * The last look, to be taken when the load has stopped: reads every key of the ledger that was ever written, every
 * still row, both counts and every search; again after both collections were released and loaded, which what only the
 * log holds must survive; and again after a flush. What was wrong is in the history; nothing is judged here.
 *
 * @returns why not everything could be looked at, in words; undefined where it was
 * @throws the signal's reason when aborted
 */
export async function verifyLoad(settings: LoadSettings): Promise<string | undefined> {
  const { plan, recorder, progress } = settings;
  await using clients = await openLoadClients(settings, recorder, patientTimeoutMs);
  const waiter = { settings, sdk: clients.sdk, step };
  const oracle = new StillOracle(plan);
  for (const after of looks) {
    progress(`Last look, after ${after}`);
    const unready = await before[after](waiter, [plan.collections.still, plan.collections.ledger]);
    const reason = unready ?? (await look({ settings, clients, oracle, step, also: { after } }));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What is done before each look. */
const before: Readonly<
  Record<Look, (waiter: Waiter, collections: readonly string[]) => Promise<string | undefined>>
> = {
  load: (waiter, collections) => each(collections, (name) => isLoadedAgain(waiter, name)),
  'release and load': (waiter, collections) =>
    each(collections, async (name) => (await release(waiter, name)) ?? load(waiter, name)),
  flush: (waiter, collections) => each(collections, (name) => flush(waiter, name)),
};

async function each(
  names: readonly string[],
  act: (name: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const name of names) {
    const reason = await act(name);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function release(waiter: Waiter, collection: string): Promise<string | undefined> {
  return until(waiter, `${collection} to be released`, async () => {
    const released = await waiter.sdk.release({ step, request: { collection } }, collection);
    return released.state === 'ok' ? { state: 'ok', value: { done: true, state: 'released' } } : released;
  });
}

async function look(reading: Reading): Promise<string | undefined> {
  const { plan, signal } = reading.settings;
  for (const make of everyRead(reading)) {
    for (let tries = 1; ; tries += 1) {
      const answer = answerOf(await make(), plan, reading.oracle);
      if (answer.state !== 'failed') break;
      if (tries === triesPerRead) return `A read failed ${tries} times: ${answer.text}.`;
      await sleep(1000, undefined, { signal });
    }
  }
  return undefined;
}
