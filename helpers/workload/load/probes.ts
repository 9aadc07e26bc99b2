import type { LoadClients } from './clients.ts';
import type { LoadSettings } from './contract.ts';
import { clientOf, readKeys, writeKeys } from './ledger-calls.ts';
import { paces } from './pace.ts';
import { loadSteps, type Probe } from './record.ts';
import { keyField, vectorField } from './rows.ts';
import { queriesOf, StillReader } from './still-calls.ts';
import type { StillOracle } from './still-oracle.ts';

/** One call of a probe; undefined where it finds nothing to do. */
type Call = () => Promise<unknown> | undefined;

/** What each probe does at its ticks. */
export function callsOf(
  settings: LoadSettings,
  clients: LoadClients,
  oracle: StillOracle,
  draw: () => number,
): Readonly<Record<Probe, Call>> {
  const { plan, keys } = settings;
  const step = loadSteps.load;
  const pace = paces[plan.level];
  const still = new StillReader({ plan, oracle, clients, step, also: (probe) => ({ probe }) });
  const nextQuery = inTurn(queriesOf(plan));
  const write = (probe: 'insert' | 'upsert' | 'delete', taken: readonly number[]) =>
    taken.length === 0
      ? undefined
      : writeKeys({ settings, clients, step, also: { probe } }, probe, taken, clientOf(probe));
  return {
    search: () => still.search(nextQuery()),
    query: () => still.rows(someOf(plan.stillRows, pace.query.rows, draw)),
    count: () => still.count(),
    read: () => {
      const caller = { settings, clients, step, also: { probe: 'read' } };
      const some = keys.toRead(pace.read.rows, draw);
      return some.length === 0 ? undefined : readKeys(caller, some, clientOf('read'));
    },
    insert: () => write('insert', keys.takeFresh(pace.insert.rows)),
    upsert: () => write('upsert', keys.takeToUpsert(pace.upsert.rows, draw)),
    delete: () => write('delete', keys.takeToDelete(pace.delete.rows, draw)),
    ddl: ddlOf(settings, clients),
  };
}

/** Creates a collection and drops it, by turns. One of which it is unknown whether it is there is left to `drop`. */
function ddlOf({ plan }: LoadSettings, { lean }: LoadClients): Call {
  const fields = [
    { name: keyField, data_type: 'Int64', is_primary_key: true },
    {
      name: vectorField,
      data_type: 'FloatVector',
      type_params: [{ key: 'dim', value: String(plan.dimension) }],
    },
  ] as const;
  const there: string[] = [];
  let made = 0;
  const mark = (collection: string) => ({
    step: loadSteps.load,
    request: { collection, probe: 'ddl' satisfies Probe },
  });
  return async () => {
    const oldest = there.shift();
    if (oldest !== undefined) return lean.dropCollection(mark(oldest), oldest);
    made += 1;
    const name = `${plan.collections.scratch}_${made}`;
    const created = await lean.createCollection(mark(name), name, fields);
    if (created.state === 'ok') there.push(name);
    return created;
  };
}

function inTurn(items: readonly number[]): () => number {
  let turn = 0;
  return () => {
    turn += 1;
    return items[turn % items.length] ?? 0;
  };
}

/** So many different numbers below `end`. */
function someOf(end: number, count: number, draw: () => number): readonly number[] {
  const some = new Set<number>();
  while (some.size < Math.min(count, end)) some.add(draw() % end);
  return [...some];
}
