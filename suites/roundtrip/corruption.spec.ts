import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { startMilvusServer } from '../../helpers/milvus/testing/milvus-server.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import type { History, Operation, Outcome } from '../../helpers/workload/history.ts';
import { operationsOf, type StepName } from '../../helpers/workload/round-trip-record.ts';
import { recordRoundTrip } from '../../helpers/workload/testing/record-round-trip.ts';
import { codesWith, judgeHistory } from './testing/judge-history.ts';

let correct: History;

beforeAll(async () => {
  await using server = await startMilvusServer();
  correct = await recordRoundTrip(server);
});

const some = fc.nat();

/** One wrong thing in a history: the value of one operation, and the code that must find it. */
interface Corruption {
  readonly step: StepName;
  readonly code: Code;
  readonly change: (value: unknown, at: number) => unknown;
}

type Hits = { hits: { key: number; distance: number }[] };
type Rows = { rows: { key: number; checksum: string }[] };

const hits = (change: (all: Hits['hits'], at: number) => Hits['hits']) => (value: unknown, at: number) => {
  const all = isHits(value) ? value.hits : [];
  return { hits: change(all, at % all.length) };
};
const rows = (change: (all: Rows['rows'], at: number) => Rows['rows']) => (value: unknown, at: number) => {
  const all = isRows(value) ? value.rows : [];
  return { rows: change(all, at % Math.max(1, all.length)) };
};
const isHits = (value: unknown): value is Hits =>
  typeof value === 'object' && value !== null && 'hits' in value;
const isRows = (value: unknown): value is Rows =>
  typeof value === 'object' && value !== null && 'rows' in value;

const searchCorruptions: readonly Corruption['change'][] = [
  hits((all, at) => all.filter((_, index) => index !== at)),
  hits((all, at) => all.with(at, { key: 100_000, distance: all[at]?.distance ?? 0 })),
  hits((all, at) => all.with(at, { key: all[at]?.key ?? 0, distance: (all[at]?.distance ?? 0) + 0.25 })),
  hits((all) => [...all.slice(1), ...all.slice(0, 1)]),
  hits((all) => [...all, { key: 1, distance: 0 }]),
  hits(() => []),
];

const corruptions: readonly Corruption[] = [
  { step: 'insert', code: 'RTP-020', change: (_, at) => ({ inserted: at % 300 }) },
  { step: 'flush state', code: 'RTP-030', change: () => ({ done: false, state: 'not flushed yet' }) },
  {
    step: 'index state',
    code: 'RTP-040',
    change: () => ({ done: false, state: 'InProgress, 0 of 1200 rows' }),
  },
  { step: 'load state', code: 'RTP-050', change: () => ({ done: false, state: 'LoadStateLoading' }) },
  ...searchCorruptions.flatMap((change): Corruption[] => [
    { step: 'search', code: 'RTP-060', change },
    { step: 'search after delete', code: 'RTP-060', change },
  ]),
  { step: 'read rows', code: 'RTP-070', change: rows((all, at) => all.toSpliced(at, 1)) },
  { step: 'read rows', code: 'RTP-070', change: rows((all, at) => [...all, ...all.slice(at, at + 1)]) },
  {
    step: 'read rows',
    code: 'RTP-070',
    change: rows((all, at) => all.with(at, { key: all[at]?.key ?? 0, checksum: 'ffffffff' })),
  },
  { step: 'read rows after delete', code: 'RTP-070', change: rows((all, at) => all.toSpliced(at, 1)) },
  {
    step: 'read keys never written',
    code: 'RTP-070',
    change: (_, at) => ({ rows: [{ key: 1201 + (at % 20), checksum: '00000000' }] }),
  },
  { step: 'count', code: 'RTP-080', change: (_, at) => ({ count: at % 1200 }) },
  { step: 'count after delete', code: 'RTP-080', change: (_, at) => ({ count: 1081 + at }) },
  {
    step: 'read rows after delete',
    code: 'RTP-090',
    change: rows((all, at) => [...all, { key: 10 * (1 + (at % 120)), checksum: '00000000' }]),
  },
  {
    step: 'search after delete',
    code: 'RTP-090',
    change: hits((all, at) => [{ key: 10 * (1 + at), distance: 0 }, ...all.slice(0, -1)]),
  },
  { step: 'list at the end', code: 'RTP-100', change: () => ({ own: ['mc_test_1_roundtrip'] }) },
];

test('a single corruption of a correct history fails exactly its code', () => {
  fc.assert(
    fc.property(fc.constantFrom(...corruptions), some, some, ({ step, code, change }, which, at) => {
      const ids = operationsOf(correct, step).map(({ operation }) => operation.id);
      const id = ids[which % ids.length];
      const corrupt = withOutcome(correct, id, (outcome) =>
        outcome.state === 'ok' ? { state: 'ok', value: change(outcome.value, at) } : outcome,
      );
      expect(codesWith('fail', judgeHistory(corrupt))).toEqual([code]);
    }),
    { numRuns: 60 },
  );
});

test('a history cut short anywhere fails nothing and passes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: correct.operations.length }), (length) => {
      const { header } = correct;
      const cut: History = {
        header,
        operations: correct.operations.slice(0, length),
        events: [],
        complete: false,
      };
      const findings = judgeHistory(cut);
      expect(codesWith('inconclusive', findings)).toHaveLength(10);
      expect(codesWith('fail', findings)).toEqual([]);
      expect(codesWith('pass', findings)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test('a round trip that came to its end is judged, though a scenario after it was cut short', () => {
  const asked = correct.operations.slice(-1).map((last) => ({ ...last, step: 'server version' }));
  const operations = [...correct.operations, ...asked];
  const findings = judgeHistory({ ...correct, operations, complete: false });
  expect(codesWith('pass', findings)).toHaveLength(10);
});

test('a call without an answer fails nothing, and what it leaves open is inconclusive', () => {
  fc.assert(
    fc.property(fc.constantFrom(...correct.operations), ({ id, step }) => {
      const unanswered: Outcome = {
        state: 'unknown',
        code: 'DEADLINE_EXCEEDED',
        message: 'Deadline exceeded',
      };
      const changed = withOutcome(correct, id, () => unanswered);
      const findings = judgeHistory(goesOn.has(step) ? changed : stoppedAt(changed, id));
      expect(codesWith('fail', findings)).toEqual([]);
      if (step !== 'drop') expect(codesWith('inconclusive', findings)).not.toEqual([]);
    }),
    { numRuns: 40 },
  );
});

/** Steps whose failure does not end the round trip. */
const goesOn: ReadonlySet<string> = new Set([
  'search',
  'read rows',
  'read keys never written',
  'count',
  'search after delete',
  'read rows after delete',
  'count after delete',
  'list at the end',
] satisfies StepName[]);

/** What the round trip does after a step that it cannot go on without: nothing but clean up. */
function stoppedAt(history: History, id: number): History {
  const operations = history.operations.filter(
    (operation) => operation.id <= id || operation.step === 'list at the end',
  );
  const step = history.operations.find((operation) => operation.id === id)?.step ?? '';
  return { ...history, operations, stopped: { step, reason: 'DEADLINE_EXCEEDED: Deadline exceeded' } };
}

function withOutcome(
  history: History,
  id: number | undefined,
  change: (outcome: Outcome) => Outcome,
): History {
  const operations = history.operations.map(
    (operation): Operation =>
      operation.id === id ? { ...operation, outcome: change(operation.outcome) } : operation,
  );
  return { ...history, operations };
}
