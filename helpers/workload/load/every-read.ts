import { countLedger, type LedgerCaller, readRange } from './ledger-calls.ts';
import type { LoadSettings } from './contract.ts';
import { queriesOf, type Read, StillReader } from './still-calls.ts';
import type { StillOracle } from './still-oracle.ts';

/** Far below the 16,384 rows that Milvus gives at once. */
const keysPerRead = 2000;

export interface Reading extends LedgerCaller {
  readonly settings: LoadSettings;
  readonly oracle: StillOracle;
  readonly also: Readonly<Record<string, unknown>>;
}

/**
 * One look at everything, read by read: both counts, every key of the ledger that was ever written, every still row,
 * every search of the load.
 */
export function everyRead(reading: Reading): readonly (() => Promise<Read>)[] {
  const { settings, clients, oracle, step, also } = reading;
  const { plan, keys } = settings;
  const still = new StillReader({
    plan,
    oracle,
    clients,
    step,
    also: (probe) => ({ check: probe, ...also }),
  });
  return [
    () => still.count(),
    () => countLedger(reading),
    ...pages(keys.end).map(
      ([from, to]) =>
        () =>
          readRange(reading, from, to),
    ),
    ...pages(plan.stillRows).map(
      ([from, to]) =>
        () =>
          still.rows(Array.from({ length: to - from + 1 }, (_, index) => from + index)),
    ),
    ...queriesOf(plan).map((query) => () => still.search(query)),
  ];
}

/** Keys from 0 to below `end`, in ranges with both ends. */
function pages(end: number): readonly (readonly [from: number, to: number])[] {
  return Array.from({ length: Math.ceil(end / keysPerRead) }, (_, page) => [
    page * keysPerRead,
    Math.min(end, (page + 1) * keysPerRead) - 1,
  ]);
}
