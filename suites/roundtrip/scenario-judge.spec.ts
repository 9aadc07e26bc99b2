import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { scenarioJudge } from '../../helpers/verdict/judges/scenario/judge.ts';
import type { History, Operation, Outcome } from '../../helpers/workload/history.ts';
import type { Scenario } from '../../helpers/workload/scenarios/scenario.ts';
import { aliases } from '../../helpers/workload/scenarios/table/aliases.ts';
import { databases } from '../../helpers/workload/scenarios/table/databases.ts';
import { deleteByFilter } from '../../helpers/workload/scenarios/table/delete-by-filter.ts';
import { fullText } from '../../helpers/workload/scenarios/table/full-text.ts';
import { levels } from '../../helpers/workload/scenarios/table/levels.ts';
import { segments } from '../../helpers/workload/scenarios/table/segments.ts';
import { upsert } from '../../helpers/workload/scenarios/table/upsert.ts';
import { withoutCluster } from './testing/judge-history.ts';
import { perfectHistory } from './testing/perfect-history.ts';

const [, movedAlias = upsert] = aliases;
const plans = [upsert, deleteByFilter, segments, movedAlias, databases];
const histories = new Map(plans.map((scenario) => [scenario, perfectHistory(scenario, 11)]));

function judged(scenario: Scenario, history: History): readonly Finding[] {
  return scenarioJudge(scenario)({ ...withoutCluster, history });
}

function outcomes(scenario: Scenario, history: History): readonly string[] {
  return judged(scenario, history).map(({ outcome }) => outcome);
}

/** The verdict word that each failing finding begins with. */
function verdicts(scenario: Scenario, history: History): readonly string[] {
  return judged(scenario, history).map(({ outcome, observed }) => `${outcome} ${observed.split(':')[0]}`);
}

const historyOf = (scenario: Scenario): History => histories.get(scenario) ?? perfectHistory(scenario, 11);

test('a correct history passes, whatever the seed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...plans), fc.nat(), (scenario, seed) => {
      expect(judged(scenario, perfectHistory(scenario, seed))).toEqual([
        expect.objectContaining({ outcome: 'pass' }),
      ]);
    }),
    { numRuns: 6 },
  );
});

const rows = z.object({ rows: z.array(z.object({ key: z.string(), checksum: z.string() })) });
const hits = z.object({ hits: z.array(z.object({ key: z.string(), distance: z.number() })) });
const count = z.object({ count: z.number() });

/** One wrong thing in one answer; undefined where the answer has no place for it. */
const corruptions: readonly ((value: unknown, at: number) => unknown)[] = [
  onRows((all, at) => all.toSpliced(at, 1)),
  onRows((all, at) => all.with(at, { key: all[at]?.key ?? '', checksum: 'feedbeef' })),
  onRows((all, at) => all.toSpliced(at, 0, ...all.slice(at, at + 1))),
  onRows((all) => [...all, { key: '5000', checksum: '00000000' }]),
  onHits((all, at) => all.toSpliced(at, 1)),
  onHits((all, at) => all.with(at, { key: all[at]?.key ?? '', distance: (all[at]?.distance ?? 0) + 0.5 })),
  onHits((all, at) => all.with(at, { key: '5000', distance: all[at]?.distance ?? 0 })),
  onHits((all) => [...all.slice(1), ...all.slice(0, 1)]),
  onHits(() => []),
  (value, at) => {
    const parsed = count.safeParse(value);
    return parsed.success ? { ...parsed.data, count: parsed.data.count + 1 + (at % 9) } : undefined;
  },
];

test('a single corruption of any answer always fails', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...plans),
      fc.constantFrom(...corruptions),
      fc.nat(),
      fc.nat(),
      (scenario, corrupt, which, at) => {
        const history = historyOf(scenario);
        const candidates = history.operations.filter(
          ({ outcome }) => corrupt(valueOf(outcome), at) !== undefined,
        );
        const chosen = candidates[which % candidates.length];
        const value = corrupt(valueOf(chosen?.outcome), at);
        expect(outcomes(scenario, changed(history, chosen, { state: 'ok', value }))).toContain('fail');
      },
    ),
    { numRuns: 80 },
  );
});

test('a row as it was before its upsert is ROLLED_BACK; a row that was deleted is RESURRECTED', () => {
  const history = historyOf(upsert);
  const before = history.operations.find(({ step }) => step === 'upsert: read rows 1-700');
  const after = history.operations.findLast(({ step }) => step === 'upsert: read rows 1-700');
  const old = rows.parse(valueOf(before?.outcome)).rows.find(({ key }) => key === '180');
  const now = rows.parse(valueOf(after?.outcome)).rows;
  const back = now.map((row) => (row.key === '180' && old !== undefined ? old : row));
  expect(verdicts(upsert, changed(history, after, { state: 'ok', value: { rows: back } }))).toEqual([
    'fail ROLLED_BACK',
  ]);

  const read = historyOf(segments).operations.findLast(({ step }) => step.endsWith('read rows 1-1200'));
  const risen = { rows: [...rows.parse(valueOf(read?.outcome)).rows, { key: '400', checksum: '00000000' }] };
  expect(verdicts(segments, changed(historyOf(segments), read, { state: 'ok', value: risen }))).toEqual([
    'fail RESURRECTED',
  ]);
});

test.for([
  ['finds a row with none of the words', 'row205', 'UNASKED', onHits(() => [{ key: '600', distance: 9 }])],
  ['finds one row too few', 'row7 violin', 'SHORT', onHits((all) => all.slice(1))],
  ['puts rows with one word first', 'red meadow', 'WRONG_ROW', onHits((all) => all.toReversed())],
  [
    'shows scores that rise',
    'lantern',
    'WRONG_ORDER',
    onHits((all) => all.map(({ key }, place) => ({ key, distance: place }))),
  ],
] as const)('a full-text search that %s', ([, words, verdict, corrupt]) => {
  const history = perfectHistory(fullText, 11);
  const search = history.operations.find(({ step }) => step.includes(`"${words}"`));
  expect(outcomes(fullText, history)).toEqual(['pass']);
  const value = corrupt(valueOf(search?.outcome), 0);
  expect(verdicts(fullText, changed(history, search, { state: 'ok', value }))).toEqual([`fail ${verdict}`]);
});

test('at Session a client sees its own writes at once, and those of others in time', () => {
  const history = perfectHistory(levels, 11);
  const empty = { state: 'ok', value: { rows: [] } } as const;
  const isOf = (client: number | undefined) => (operation: Operation) =>
    operation.step === 'consistency levels: read rows 1-40' && operation.request['client'] === client;
  const [, , own] = history.operations.filter(isOf(undefined));
  const others = history.operations.find(isOf(1));
  expect(outcomes(levels, changed(history, others, empty))).toEqual(['pass']);
  expect(verdicts(levels, changed(history, own, empty))).toEqual(['fail LOST']);
});

test('an index that an optional kind never gets is skipped; another’s is a failure', () => {
  const history = perfectHistory(upsert, 11);
  const at = history.operations.findIndex(({ call }) => call === 'index');
  const poll: Operation = {
    type: 'operation',
    id: 900,
    call: 'describeIndex',
    step: 'upsert: index',
    request: { scenario: 'upsert', at: 2, budgetMs: 60_000 },
    calledAt: 100,
    returnedAt: 101,
    outcome: { state: 'ok', value: { done: false, state: 'InProgress, 0 of 600 rows' } },
  };
  const list = history.operations.slice(-1);
  const ended = { ...history, operations: [...history.operations.slice(0, at), poll, ...list] };
  expect(outcomes(upsert, ended)).toEqual(['fail']);
  expect(judged({ ...upsert, optional: true }, ended)).toMatchObject([
    { outcome: 'skipped', observed: expect.stringContaining('built none of it in 60 s') },
  ]);
});

test('a history cut short fails nothing and passes nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...plans), fc.nat({ max: 20 }), (scenario, length) => {
      const history = historyOf(scenario);
      const cut = { ...history, operations: history.operations.slice(0, length), complete: false };
      expect(outcomes(scenario, cut)).toEqual(['inconclusive']);
    }),
    { numRuns: 15 },
  );
});

test.for([
  [{ state: 'fail', code: 'MILVUS_9', message: 'quota exceeded' }, 'fail'],
  [{ state: 'unknown', code: 'MILVUS_65535', message: 'panic', answered: true }, 'fail'],
  [{ state: 'unknown', code: 'DEADLINE_EXCEEDED', message: 'Deadline exceeded' }, 'inconclusive'],
] as const)('a call that ends with %j makes it %s', ([outcome, expected]) => {
  const history = historyOf(upsert);
  const search = history.operations.find(({ call }) => call === 'search');
  expect(outcomes(upsert, changed(history, search, outcome))).toEqual([expected]);
});

test.for([
  ['UNIMPLEMENTED', 'does not offer it'],
  ['PERMISSION_DENIED', 'does not let this user do it'],
] as const)('what an optional scenario is refused with %s is skipped', ([code, why]) => {
  const history = perfectHistory(databases, 11);
  const request = { scenario: 'databases', at: 0 };
  const operations = history.operations
    .slice(-1)
    .flatMap((list): Operation[] => [
      { ...list, request, step: 'databases: create', outcome: { state: 'fail', code, message: 'refused' } },
      list,
    ]);
  expect(judged(databases, { ...history, operations })).toMatchObject([
    { outcome: 'skipped', observed: expect.stringContaining(why) },
  ]);
});

test('what was not run is skipped with the reason', () => {
  const { scenarios: _scenarios, ...header } = historyOf(upsert).header;
  const short = { ...historyOf(upsert), header, operations: [] };
  expect(judged(upsert, short)).toMatchObject([
    { outcome: 'skipped', observed: expect.stringContaining('--thorough') },
  ]);
  const asked: Operation = {
    type: 'operation',
    id: 0,
    call: 'getVersion',
    step: 'server version',
    request: {},
    calledAt: 0,
    returnedAt: 1,
    outcome: { state: 'ok', value: { version: 'v2.5.4' } },
  };
  const old = { ...historyOf(upsert), operations: [asked] };
  expect(judged({ ...upsert, since: '2.6' }, old)).toMatchObject([
    { outcome: 'skipped', observed: 'This came with Milvus 2.6; the server is v2.5.4.' },
  ]);
});

test('what was not removed fails', () => {
  const history = historyOf(upsert);
  const list = history.operations.at(-1);
  const left = changed(history, list, { state: 'ok', value: { own: ['mc_test_upsert'] } });
  expect(judged(upsert, left)).toMatchObject([
    { outcome: 'fail', observed: 'It is still there: mc_test_upsert.' },
  ]);
});

function onRows(change: (all: z.infer<typeof rows>['rows'], at: number) => unknown) {
  return (value: unknown, at: number) => {
    const parsed = rows.safeParse(value);
    if (!parsed.success || parsed.data.rows.length === 0) return undefined;
    return { rows: change(parsed.data.rows, at % parsed.data.rows.length) };
  };
}

function onHits(change: (all: z.infer<typeof hits>['hits'], at: number) => unknown) {
  return (value: unknown, at: number) => {
    const parsed = hits.safeParse(value);
    if (!parsed.success || parsed.data.hits.length === 0) return undefined;
    return { hits: change(parsed.data.hits, at % parsed.data.hits.length) };
  };
}

function valueOf(outcome: Outcome | undefined): unknown {
  return outcome?.state === 'ok' ? outcome.value : undefined;
}

function changed(history: History, operation: Operation | undefined, outcome: Outcome): History {
  const operations = history.operations.map((each) => (each === operation ? { ...each, outcome } : each));
  return { ...history, operations };
}
