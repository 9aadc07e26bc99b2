import * as fc from 'fast-check';
import type { Level, LedgerCall, ReadCall, RowShown, WriteCall } from '../record.ts';
import { checksumOfRow, ledgerRow } from '../row.ts';

export const modelSeed = 5;
export const modelDimension = 4;
/** ms. The model's Bounded and Eventually reads are exact for what is older. */
export const modelLags = { boundedMs: 200, eventuallyMs: 600 } as const;

/** One call as it is drawn: when, how long, and at which moment of it the server acts. */
interface Plan {
  readonly kind: 'write' | 'delete' | 'read';
  readonly level: Level;
  readonly client: number;
  readonly keys: readonly number[];
  readonly gapMs: number;
  readonly durationMs: number;
  /** Of its duration; of an unknown call also beyond it. */
  readonly appliedAt: number;
  readonly fate: 'ok' | 'fail' | 'unknown' | 'never';
  /** Of the age that the level allows. */
  readonly age: number;
}

const keyCount = 4;

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom('write', 'write', 'delete', 'read', 'read'),
  level: fc.constantFrom('Strong', 'Strong', 'Strong', 'Session', 'Bounded', 'Eventually'),
  client: fc.integer({ min: 0, max: 2 }),
  keys: fc.uniqueArray(fc.integer({ min: 0, max: keyCount - 1 }), { minLength: 1, maxLength: keyCount }),
  gapMs: fc.integer({ min: 1, max: 60 }),
  durationMs: fc.integer({ min: 1, max: 150 }),
  appliedAt: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  fate: fc.constantFrom('ok', 'ok', 'ok', 'fail', 'unknown', 'never'),
  age: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** A history of a store that keeps every promise, with overlapping calls and unknown ones; in order of returns. */
export const correctHistory: fc.Arbitrary<readonly LedgerCall[]> = fc
  .array(plan, { minLength: 1, maxLength: 40 })
  .map(historyOf);

interface Applied {
  readonly atMs: number;
  readonly client: number;
  readonly returnedMs: number;
  readonly generation: number | undefined;
}

function historyOf(plans: readonly Plan[]): readonly LedgerCall[] {
  let startMs = 0;
  const timed = plans.map((each, index) => {
    startMs += each.gapMs;
    return { ...each, index, calledAt: startMs, returnedAt: startMs + each.durationMs + index / 1000 };
  });
  const applied = new Map<number, Applied[]>();
  const inserted = new Set<number>();
  const calls: LedgerCall[] = [];
  for (const each of timed) {
    if (each.kind === 'read') continue;
    const fresh = each.keys.every((key) => !inserted.has(key));
    const kind = each.kind === 'delete' ? 'delete' : fresh ? 'insert' : 'upsert';
    if (each.kind === 'write') for (const key of each.keys) inserted.add(key);
    const { index, calledAt, returnedAt, client } = each;
    const generation = kind === 'delete' ? 0 : index + 1;
    const state = each.fate === 'never' ? 'unknown' : each.fate;
    const keys = each.keys.toSorted((left, right) => left - right);
    calls.push({ kind, id: index, calledAt, returnedAt, keys, client, generation, state });
    if (each.fate === 'fail' || each.fate === 'never') continue;
    const span = each.fate === 'unknown' ? each.durationMs * 4 : each.durationMs;
    const atMs = calledAt + span * each.appliedAt;
    const written = kind === 'delete' ? undefined : generation;
    const knownMs = state === 'ok' ? returnedAt : Number.POSITIVE_INFINITY;
    for (const key of keys) {
      const list = applied.get(key) ?? [];
      applied.set(key, list);
      list.push({ atMs, client, returnedMs: knownMs, generation: written });
    }
  }
  const endMs = startMs + 2000;
  const reads = timed.filter(({ kind }) => kind === 'read');
  const barrier = [0, 1].map((index) => barrierRead(plans.length + index, endMs + 100 * index));
  for (const each of [...reads, ...barrier]) calls.push(readOf(each, applied));
  return [
    { kind: 'create', dimension: modelDimension },
    ...calls.toSorted((left, right) => returnOf(left) - returnOf(right)),
  ];
}

type Timed = Plan & { readonly index: number; readonly calledAt: number; readonly returnedAt: number };

function barrierRead(index: number, calledAt: number): Timed {
  const keys = Array.from({ length: keyCount }, (_, key) => key);
  const drawn = { client: 0, keys, gapMs: 0, durationMs: 50, appliedAt: 0.5, age: 0 };
  return {
    ...drawn,
    kind: 'read',
    level: 'Strong',
    fate: 'ok',
    index,
    calledAt,
    returnedAt: calledAt + 50,
  };
}

/** What the read shows: the store at one moment, which a weaker level may put further back. */
function readOf(each: Timed, applied: ReadonlyMap<number, readonly Applied[]>): ReadCall {
  const { index, calledAt, returnedAt, client, level } = each;
  const allowedMs = {
    Strong: 0,
    Session: 0,
    Bounded: modelLags.boundedMs,
    Eventually: modelLags.eventuallyMs,
  };
  const now = calledAt + each.durationMs * each.appliedAt;
  const keys = each.keys.toSorted((left, right) => left - right);
  const rows = keys.flatMap((key): RowShown[] => {
    const writes = (applied.get(key) ?? []).toSorted((left, right) => left.atMs - right.atMs);
    const ownMs = writes.filter((write) => write.client === client && write.returnedMs < calledAt);
    const sessionMs = Math.max(0, ...ownMs.map(({ atMs }) => atMs));
    const oldest = level === 'Session' ? sessionMs : Math.min(now, calledAt - allowedMs[level]);
    const moment = level === 'Strong' ? now : oldest + (now - oldest) * each.age;
    const generation = writes.findLast(({ atMs }) => atMs <= moment)?.generation;
    return generation === undefined ? [] : [rowShown(key, generation)];
  });
  return { kind: 'read', id: index, calledAt, returnedAt, keys, client, level, rows };
}

/** A row as an intact store shows it. */
export function rowShown(key: number, generation: number): RowShown {
  return [key, generation, checksumOfRow(ledgerRow(modelSeed, key, generation, modelDimension))];
}

function returnOf(call: LedgerCall): number {
  return call.kind === 'create' ? 0 : call.returnedAt;
}

export function isWrite(call: LedgerCall): call is WriteCall {
  return call.kind === 'insert' || call.kind === 'upsert' || call.kind === 'delete';
}

export function isRead(call: LedgerCall): call is ReadCall {
  return call.kind === 'read';
}
