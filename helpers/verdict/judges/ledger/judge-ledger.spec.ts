import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger } from '../../../workload/ledger/ledger.ts';
import type { LedgerCall, ReadCall, RowShown } from '../../../workload/ledger/record.ts';
import {
  correctHistory,
  isRead,
  isWrite,
  modelLags,
  modelSeed,
  rowShown,
} from '../../../workload/ledger/testing/model.ts';
import type { RowVerdict } from './wrong.ts';
import { judgeLedger, type LedgerJudgement } from './judge-ledger.ts';

function judged(calls: readonly LedgerCall[], complete = true): LedgerJudgement {
  const ledger = new Ledger();
  for (const call of calls) ledger.add(call);
  return judgeLedger(ledger, { ...modelLags, seed: modelSeed, complete, callTimeoutMs: 1000 });
}

function verdicts(calls: readonly LedgerCall[]): RowVerdict[] {
  return judged(calls).wrongs.map(({ verdict }) => verdict);
}

test('no history of a store that keeps its promises fails', () => {
  fc.assert(
    fc.property(correctHistory, (calls) => {
      expect(judged(calls).wrongs).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

/** Makes one answer wrong, and says which verdict it must get; undefined where the history has no place for it. */
type Corruption = (calls: readonly LedgerCall[], pick: number) => [LedgerCall[], RowVerdict] | undefined;

/** Writes of a key that may have been applied, as the corruptions reason about them. */
function writesOf(calls: readonly LedgerCall[], key: number) {
  return calls.filter(isWrite).filter(({ keys, state }) => keys.includes(key) && state !== 'fail');
}

/** In the last two reads, which all writes are long before. */
function atTheEnd(
  verdict: RowVerdict,
  change: (calls: readonly LedgerCall[], key: number, shown: RowShown | undefined) => RowShown[] | undefined,
  reads: 1 | 2 = 2,
): Corruption {
  return (calls, pick) => {
    const last = calls.findLast(isRead);
    const key = pick % 4;
    const shown = last?.rows?.find((row) => row[0] === key);
    const rows = change(calls, key, shown);
    if (rows === undefined) return undefined;
    const from = calls.length - reads;
    const changed = calls.map((call, index) =>
      index >= from && isRead(call) ? withRows(call, key, rows) : call,
    );
    return [changed, verdict];
  };
}

function withRows(read: ReadCall, key: number, rows: readonly RowShown[]): ReadCall {
  return { ...read, rows: [...(read.rows ?? []).filter((row) => row[0] !== key), ...rows] };
}

const corruptions: Readonly<Record<string, Corruption>> = {
  'an acknowledged row is gone': atTheEnd('LOST', (calls, key, shown) => {
    const writes = writesOf(calls, key);
    const write = writes.find(({ generation }) => generation === shown?.[1]);
    const mayBeGone = writes.some(({ kind, state, returnedAt }) => {
      const until = state === 'unknown' ? Number.POSITIVE_INFINITY : returnedAt;
      return kind === 'delete' && until >= (write?.calledAt ?? 0);
    });
    return write?.state === 'ok' && !mayBeGone ? [] : undefined;
  }),
  'a row that a read proved is gone': atTheEnd(
    'FLICKERING',
    (calls, key, shown) => {
      const writes = writesOf(calls, key);
      const unknown = writes.every(({ kind, state }) => kind !== 'delete' && state === 'unknown');
      return shown !== undefined && unknown ? [] : undefined;
    },
    1,
  ),
  'a row that nobody wrote': atTheEnd('PHANTOM', (_, key) => [rowShown(key, 999)]),
  'a row of a refused write': atTheEnd('PHANTOM', (calls, key) => {
    const refused = calls.filter(isWrite).find(({ keys, state, kind }) => {
      return state === 'fail' && kind !== 'delete' && keys.includes(key);
    });
    return refused === undefined ? undefined : [rowShown(key, refused.generation)];
  }),
  'a row twice': atTheEnd('DUPLICATE', (_calls, _key, shown) => shown && [shown, shown]),
  'two generations of a row': atTheEnd('DUPLICATE', (calls, key, shown) => {
    const writes = writesOf(calls, key);
    const now = writes.find(({ generation }) => generation === shown?.[1]);
    const before = writes.find(({ kind, state, returnedAt }) => {
      return kind !== 'delete' && state === 'ok' && returnedAt < (now?.calledAt ?? 0);
    });
    if (now?.kind !== 'upsert' || before === undefined || shown === undefined) return undefined;
    return [shown, rowShown(key, before.generation)];
  }),
  'a deleted row is back': atTheEnd('RESURRECTED', (calls, key, shown) => {
    const last = lastAlone(calls, key);
    const before = writesOf(calls, key).find(({ kind, state }) => kind !== 'delete' && state === 'ok');
    if (shown !== undefined || last?.kind !== 'delete' || before === undefined) return undefined;
    return [rowShown(key, before.generation)];
  }),
  'an older generation is back': atTheEnd('ROLLED_BACK', (calls, key, shown) => {
    const last = lastAlone(calls, key);
    const before = writesOf(calls, key).find(({ kind, state, generation }) => {
      return kind !== 'delete' && state === 'ok' && generation !== shown?.[1];
    });
    if (shown === undefined || last?.kind !== 'upsert' || before === undefined) return undefined;
    return [rowShown(key, before.generation)];
  }),
  'a row of other values': atTheEnd('TORN', (_calls, _key, shown) => {
    return shown && [[shown[0], shown[1], (shown[2] ^ 1) >>> 0]];
  }),
  'a Strong read misses a row that a later one shows': (calls, pick) => {
    const end = calls.findLast(isRead);
    const [key, generation] = end?.rows?.[pick % Math.max(1, end.rows.length)] ?? [];
    if (key === undefined) return undefined;
    const write = lastAlone(calls, key);
    if (write === undefined || write.kind === 'delete') return undefined;
    if (writesOf(calls, key).some(({ kind }) => kind === 'delete')) return undefined;
    const seen = calls
      .filter(isRead)
      .find((read) => read.rows?.some((row) => row[0] === key && row[1] === generation));
    if (seen === undefined) return undefined;
    const early = {
      ...seen,
      id: 99,
      calledAt: write.returnedAt + 0.001,
      returnedAt: write.returnedAt + 0.002,
    };
    const inserted: ReadCall = { ...early, level: 'Strong', keys: [key], rows: [] };
    const verdict = seen.returnedAt < inserted.calledAt ? 'FLICKERING' : 'STALE';
    const before = calls.filter((call) => call.kind === 'create' || call.returnedAt <= inserted.returnedAt);
    return [[...before, inserted, ...calls.slice(before.length)], verdict];
  },
};

/** The write that came after all others of its key, if there is one that was acknowledged. */
function lastAlone(calls: readonly LedgerCall[], key: number) {
  const writes = writesOf(calls, key);
  return writes.find((write) => {
    const others = writes.filter((other) => other !== write);
    return (
      write.state === 'ok' &&
      others.every(({ state, returnedAt }) => state === 'ok' && returnedAt < write.calledAt)
    );
  });
}

test.for(Object.entries(corruptions))('%s', ([, corrupt]) => {
  let made = 0;
  fc.assert(
    fc.property(correctHistory, fc.nat(), (calls, pick) => {
      const corrupted = corrupt(calls, pick);
      fc.pre(corrupted !== undefined);
      made += 1;
      expect(verdicts(corrupted[0])).toEqual([corrupted[1]]);
    }),
    { numRuns: 60, maxSkipsPerRun: 10_000 },
  );
  expect(made).toBeGreaterThanOrEqual(60);
});
