import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '../../milvus/outcome.ts';
import type { State } from '../../milvus/requests.ts';
import { mulberry32 } from '../seeded.ts';
import { type LoadClients, openLoadClients } from './clients.ts';
import type { LoadPlan, LoadSettings } from './contract.ts';
import { clientOf, writeKeys } from './ledger-calls.ts';
import { makeFilled } from './make-filled.ts';
import { loadSteps } from './record.ts';
import { vectorField } from './rows.ts';
import { buildIndex } from './waits.ts';

const step = loadSteps.act;

/** A call to which a fault is timed. */
export type TimedAct = 'flush' | 'index build' | 'load' | 'delete burst';

/** ms after which a call that was not answered is on its way for certain. */
const onItsWayMs = 20;
const pollEveryMs = 100;
/** Keys of one delete of a burst, and ms from one to the next. */
const burst = { keys: 100, everyMs: 20 } as const;

interface Acting {
  readonly settings: LoadSettings;
  readonly clients: LoadClients;
  readonly isOver: () => boolean;
}

/** Makes what the act needs, begins it, and gives what goes on; that ends once `isOver`. */
type Begin = (acting: Acting) => Promise<{ readonly rest: Promise<void> }>;

/**
 * Begins the call to which a fault is timed, and resolves when it is under way: a flush of the ledger, deletes of
 * its keys one after the other, or an index build or a load of a collection of its own. How far it came is polled
 * until the result is disposed of, which waits for calls under way: at most as long as a call may take.
 *
 * @throws Error that says what could not be made ready; the signal's reason when aborted
 */
export async function actDuring(settings: LoadSettings, timing: TimedAct): Promise<AsyncDisposable> {
  const clients = await openLoadClients(settings, settings.recorder, settings.plan.callTimeoutMs);
  let isOver = false;
  const end = async (rest: Promise<void>) => {
    isOver = true;
    try {
      await rest;
    } finally {
      await clients[Symbol.asyncDispose]();
    }
  };
  try {
    settings.progress(`Begin the ${timing}`);
    const { rest } = await begins[timing]({ settings, clients, isOver: () => isOver });
    // Who disposes of it hears of the failure.
    rest.catch(() => undefined);
    return { [Symbol.asyncDispose]: () => end(rest) };
  } catch (error) {
    await clients[Symbol.asyncDispose]();
    throw error;
  }
}

const begins: Readonly<Record<TimedAct, Begin>> = {
  flush: async ({ settings, clients: { sdk }, isOver }) => {
    const collection = settings.plan.collections.ledger;
    const mark = { step, request: { collection } };
    return underWay(sdk.flush(mark, collection), isOver, (flushing) =>
      sdk.flushState(mark, collection, flushing),
    );
  },
  'index build': async ({ settings, clients, isOver }) => {
    const collection = await ownCollection(settings);
    const mark = { step, request: { collection } };
    // One that takes seconds to build.
    const index = {
      field: vectorField,
      type: 'HNSW',
      metric: 'L2',
      params: { M: 16, efConstruction: 200 },
    } as const;
    return underWay(clients.sdk.buildIndex(mark, collection, index), isOver, () =>
      clients.sdk.indexState(mark, collection, vectorField),
    );
  },
  load: async ({ settings, clients, isOver }) => {
    const collection = await ownCollection(settings);
    const unbuilt = await buildIndex({ settings, sdk: clients.sdk, step }, collection);
    if (unbuilt !== undefined) throw new Error(unbuilt);
    const mark = { step, request: { collection } };
    return underWay(clients.sdk.load(mark, collection), isOver, () =>
      clients.sdk.loadState(mark, collection),
    );
  },
  'delete burst': async ({ settings, clients, isOver }) => {
    const draw = mulberry32(settings.plan.seed);
    const next = () => {
      const keys = settings.keys.takeToDelete(burst.keys, draw);
      return writeKeys({ settings, clients, step }, 'delete', keys, clientOf(undefined));
    };
    await next();
    const rest = async () => {
      while (!isOver()) {
        await next();
        await sleep(burst.everyMs);
      }
    };
    return { rest: rest() };
  },
};

/** Waits until the call is on its way, and polls from its answer on. */
async function underWay<T>(
  call: Promise<Result<T>>,
  isOver: () => boolean,
  ask: (value: T) => Promise<Result<State>>,
): Promise<{ readonly rest: Promise<void> }> {
  const rest = async () => {
    const begun = await call;
    if (begun.state !== 'ok') return;
    while (!isOver()) {
      const asked = await ask(begun.value);
      if (asked.state === 'ok' && asked.value.done) return;
      await sleep(pollEveryMs);
    }
  };
  await Promise.race([call, sleep(onItsWayMs)]);
  return { rest: rest() };
}

async function ownCollection(settings: LoadSettings): Promise<string> {
  const collection = nameOf(settings.plan);
  const unmade = await makeFilled(settings, collection, step);
  if (unmade !== undefined) throw new Error(unmade);
  return collection;
}

function nameOf({ collections }: LoadPlan): string {
  return `${collections.scratch}_act`;
}
