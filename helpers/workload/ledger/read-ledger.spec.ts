import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HistoryFile } from '../history-file.ts';
import type { Operation, Outcome } from '../history.ts';
import { Ledger } from './ledger.ts';
import { LineScanner } from './line-scanner.ts';
import { readLedger } from './read-ledger.ts';
import { keyListOf, ledgerCallOf, levels } from './record.ts';
import { readRequest, writeRequest } from './request.ts';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const keys = fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 30 }), word), { minLength: 1, maxLength: 12 });
const microseconds = fc.integer({ min: 0, max: 4_000_000_000 }).map((us) => us / 1000);
const failure: fc.Arbitrary<Outcome> = fc.constantFrom(
  { state: 'unknown', code: 'DEADLINE_EXCEEDED', message: 'a "quoted" reason' },
  { state: 'fail', code: 'MILVUS_9', message: 'quota' },
);
const succeeded = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Outcome> =>
  value.map((rows) => ({ state: 'ok', value: { rows } }));

const write = keys.chain((chosen) =>
  fc.record({
    request: fc
      .tuple(fc.constantFrom('insert' as const, 'upsert' as const), word, fc.nat(1023))
      .map(([kind, generation, client]) => writeRequest('mc_1', { kind, generation }, chosen, client)),
    outcome: fc.oneof(failure, succeeded(fc.constantFrom(chosen.length, chosen.length - 1))),
  }),
);
const removal = fc.record({
  request: fc
    .tuple(keys, fc.nat(1023))
    .map(([chosen, client]) => writeRequest('mc_1', { kind: 'delete' }, chosen, client)),
  outcome: fc.oneof(failure, succeeded(fc.nat(100))),
});
const read = fc.record({
  request: fc
    .tuple(keys, fc.nat(1023), fc.constantFrom(...levels))
    .map(([chosen, client, level]) => readRequest('mc_1', level, chosen, client)),
  outcome: fc.oneof(failure, succeeded(fc.array(fc.tuple(word, word, word), { maxLength: 5 }))),
});
const operation: fc.Arbitrary<Operation> = fc
  .record({
    done: fc.oneof(write, removal, read),
    id: word,
    step: fc.constantFrom('write', 'read "it"'),
    calledAt: microseconds,
    tookMs: fc.integer({ min: 0, max: 5_000_000 }),
  })
  .map(({ done, id, step, calledAt, tookMs }) => ({
    type: 'operation',
    id,
    call: 'any',
    step,
    request: done.request,
    calledAt,
    returnedAt: Math.round(calledAt * 1000 + tookMs) / 1000,
    outcome: done.outcome,
  }));

test('the scanner reads what the parser reads', () => {
  let scanned = 0;
  fc.assert(
    fc.property(operation, (line) => {
      const call = new LineScanner().scan(Buffer.from(`${JSON.stringify(line)}\n`), 0);
      if (call === undefined) return;
      scanned += 1;
      expect(call).toEqual(ledgerCallOf(line));
    }),
    { numRuns: 500 },
  );
  expect(scanned).toBeGreaterThan(200);
});

test('keys are written as runs, and read as the same keys', () => {
  fc.assert(
    fc.property(keys, (chosen) => {
      const ledger = new Ledger();
      const call = { kind: 'insert', id: 1, calledAt: 0, returnedAt: 1, client: 0, state: 'ok' } as const;
      ledger.add({ ...call, generation: 1, keys: keyListOf(chosen) });
      const stored = Array.from(ledger.entriesByKey(), (place) => ledger.keyOf(place));
      expect(stored).toEqual(chosen.toSorted((left, right) => left - right));
    }),
  );
});

test('a key list out of order is an error that names the operation', () => {
  const request = { ...writeRequest('mc_1', { kind: 'delete' }, [1], 0), keys: [3, 1] };
  const line = { type: 'operation', id: 7, call: 'delete', step: 'write', request } as const;
  const outcome = { state: 'ok', value: {} } as const;
  expect(() => ledgerCallOf({ ...line, calledAt: 1, returnedAt: 2, outcome })).toThrow(
    'Operation 7 of the history is no call of a ledger that can be read: keys is [3,1].',
  );
});

const header = { workload: 'ledger', seed: 7, collection: 'mc_1' };

test('a file is read to its end, or to where it was cut, whatever else is in it', async () => {
  const file = historyFile();
  {
    await using recorder = new HistoryFile(file, header);
    const times = { calledAt: 1, returnedAt: 2.5 };
    const request = { collection: 'mc_1', ledger: 'create', dimension: 4 };
    recorder.record({
      call: 'create',
      step: 'create',
      request,
      ...times,
      outcome: { state: 'ok', value: {} },
    });
    for (let key = 1; key <= 20_000; key += 1) {
      const write = writeRequest('mc_1', { kind: 'insert', generation: key }, [key], 0);
      const outcome = { state: 'ok', value: { rows: 1 } } as const;
      recorder.record({ call: 'insert', step: 'write', request: write, ...times, outcome });
    }
    recorder.record({
      call: 'flush',
      step: 'flush',
      request: {},
      ...times,
      outcome: { state: 'ok', value: {} },
    });
    recorder.end();
  }
  const { ledger, complete, header: read } = await readLedger(file);
  expect(read).toMatchObject(header);
  expect({ complete, calls: ledger.calls, dimension: ledger.dimension }).toEqual({
    complete: true,
    calls: 20_000,
    dimension: 4,
  });
  expect(ledger.call(19_999)).toMatchObject({ id: 20_001, state: 'ok', calledUs: 1000, returnedUs: 2500 });
});

test('a line that is broken is an error that names it', async () => {
  const file = historyFile();
  writeFileSync(file, '{"type":"operation"}\n');
  await expect(readLedger(file)).rejects.toThrow(/line 1/);
  writeFileSync(file, '');
  await expect(readLedger(file)).rejects.toThrow(/no header/);
});

function historyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'history.jsonl');
}
