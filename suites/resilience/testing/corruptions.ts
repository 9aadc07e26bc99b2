import type { Experiment } from '../../../helpers/resilience/experiment.ts';
import { rowShown } from '../../../helpers/resilience/testing/model-calls.ts';
import { moments } from '../../../helpers/resilience/testing/moments.ts';
import type { Code } from '../../../helpers/verdict/catalogue.ts';
import type { Operation } from '../../../helpers/workload/history.ts';
import type { RowShown } from '../../../helpers/workload/ledger/record.ts';

/** One wrong thing in the history of an experiment without fault, and the code that must find it. */
export interface Corruption {
  readonly name: string;
  readonly code: Code;
  /** `at` says which of the places that there are. */
  readonly corrupt: (operations: readonly Operation[], at: number) => readonly Operation[];
}

export function corrupted({ plan, history }: Experiment, { corrupt }: Corruption, at: number): Experiment {
  return { plan, history: { ...history, operations: corrupt(history.operations, at) } };
}

type IsMeant = (operation: Operation) => boolean;
type Change = (value: Record<string, unknown>, at: number) => Record<string, unknown>;

const isLook: IsMeant = ({ step }) => step === 'verify';
const isLedgerLook: IsMeant = (operation) => isLook(operation) && operation.request['ledger'] === 'read';
const isLedgerCount: IsMeant = (operation) => isLook(operation) && operation.request['atLeast'] !== undefined;
const checks =
  (probe: string): IsMeant =>
  (operation) =>
    isLook(operation) && operation.request['check'] === probe && !isLedgerCount(operation);
const after =
  (probe: string): IsMeant =>
  ({ request, calledAt }) =>
    request['probe'] === probe && calledAt > moments.faultAt && calledAt < moments.verifyAt - 1000;

/** Changes one of the answers that are meant. */
function one(name: string, code: Code, isMeant: IsMeant, change: Change): Corruption {
  return {
    name,
    code,
    corrupt: (operations, at) => {
      const meant = operations.filter(isMeant);
      const chosen = meant[at % meant.length];
      return operations.map((each) =>
        each === chosen ? answered(each, (value) => change(value, at)) : each,
      );
    },
  };
}

/** Changes what every last look shows of one key. */
function forGood(
  name: string,
  code: Code,
  change: (rows: readonly RowShown[], operations: readonly Operation[], at: number) => readonly RowShown[],
): Corruption {
  return {
    name,
    code,
    corrupt: (operations, at) =>
      operations.map((each) =>
        isLedgerLook(each)
          ? answered(each, (value) => ({ rows: change(rowsOf(value), operations, at) }))
          : each,
      ),
  };
}

function answered(
  operation: Operation,
  change: (value: Record<string, unknown>) => Record<string, unknown>,
): Operation {
  const { outcome } = operation;
  const value = outcome.state === 'ok' && isRecord(outcome.value) ? outcome.value : {};
  return { ...operation, outcome: { state: 'ok', value: change(value) } };
}

const hits =
  (change: (all: readonly unknown[], at: number) => readonly unknown[]): Change =>
  (value, at) => {
    const all: readonly unknown[] = Array.isArray(value['hits']) ? value['hits'] : [];
    return { hits: change(all, at) };
  };
const fewer = hits((all, at) => all.filter((_, index) => index !== at % all.length));
const turned = hits((all) => [...all.slice(1), ...all.slice(0, 1)]);
const empty = hits(() => []);
const lastRow: Change = (value) => ({ rows: rowsOf(value).slice(1) });
const miscounted: Change = (value, at) => ({ count: Number(value['count']) + 1 + (at % 5) });
const undercounted: Change = (value, at) => ({ count: Number(value['count']) - 1 - (at % 5) });

/** Two writes of one key that were acknowledged in this order, and the last of which is the last of all. */
function replacedRow(operations: readonly Operation[], kind: 'delete' | 'upsert', at: number): RowShown {
  const last = new Map<
    number,
    { readonly kind: string; readonly generation: number; readonly before: number }
  >();
  for (const { request, call, outcome } of operations) {
    if (outcome.state !== 'ok' || !['insert', 'upsert', 'delete'].includes(call)) continue;
    for (const key of keysOf(request['keys'])) {
      const generation = Number(request['generation'] ?? 0);
      last.set(key, { kind: call, generation, before: last.get(key)?.generation ?? 0 });
    }
  }
  const found = [...last].filter(([, write]) => write.kind === kind && write.before > 0);
  const [key, write] = found[at % found.length] ?? [];
  if (key === undefined || write === undefined) throw new Error(`No ${kind} replaced a row.`);
  return rowShown(key, write.before);
}

function keysOf(keys: unknown): readonly number[] {
  if (!Array.isArray(keys)) return [];
  return keys.flatMap((item: unknown) => {
    if (!Array.isArray(item)) return [Number(item)];
    const [from, to] = [Number(item[0]), Number(item[1])];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function rowsOf(value: Record<string, unknown>): readonly RowShown[] {
  const { rows } = value;
  return Array.isArray(rows) ? rows : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export const corruptions: readonly Corruption[] = [
  forGood('a row is lost', 'RES-110', (rows, _, at) =>
    rows.filter((_row, index) => index !== at % rows.length),
  ),
  forGood('a deleted row is back', 'RES-110', (rows, operations, at) => [
    ...rows,
    replacedRow(operations, 'delete', at),
  ]),
  forGood('an upsert is undone', 'RES-110', (rows, operations, at) => {
    const row = replacedRow(operations, 'upsert', at);
    return rows.map((each) => (each[0] === row[0] ? row : each));
  }),
  one('fewer rows are counted than there are keys', 'RES-110', isLedgerCount, undercounted),
  one('a row is there twice', 'RES-120', isLedgerLook, (value, at) => {
    const rows = rowsOf(value);
    return { rows: [...rows, ...rows.slice(at % rows.length, (at % rows.length) + 1)] };
  }),
  one('a row has other values', 'RES-120', isLedgerLook, (value, at) => ({
    rows: rowsOf(value).map(([key, generation, checksum], index, { length }) =>
      index === at % length ? [key, generation, (checksum + 1) % 2 ** 32] : [key, generation, checksum],
    ),
  })),
  one('a row is there that nobody wrote', 'RES-120', isLedgerLook, (value, at) => ({
    rows: [...rowsOf(value), rowShown(100_000 + (at % 1000), 1)],
  })),
  one('more rows are counted than there are keys', 'RES-120', isLedgerCount, miscounted),
  {
    name: 'a look misses a row that the next one shows',
    code: 'RES-130',
    corrupt: (operations, at) => {
      const [first] = operations.filter(isLedgerLook);
      const change = (value: Record<string, unknown>) => {
        const rows = rowsOf(value);
        return { rows: rows.filter((_, index) => index !== at % rows.length) };
      };
      return operations.map((each) => (each === first ? answered(each, change) : each));
    },
  },
  ...[fewer, turned, empty].map((change) => one('a search is wrong', 'RES-210', after('search'), change)),
  one('a query misses a row', 'RES-210', after('query'), lastRow),
  one('a count is too high', 'RES-210', after('count'), miscounted),
  one('a count is too low', 'RES-210', after('count'), undercounted),
  ...[fewer, turned, empty].map((change) =>
    one('a search of the last look is wrong', 'RES-220', checks('search'), change),
  ),
  one('a query of the last look misses a row', 'RES-220', checks('query'), lastRow),
  one('a count of the last look is too high', 'RES-220', checks('count'), miscounted),
  one(
    'a collection is left',
    'RES-610',
    ({ step }) => step === 'drop',
    () => ({ own: ['mc_1_left'] }),
  ),
];
