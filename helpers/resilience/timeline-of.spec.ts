import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryEvent, Operation, Outcome } from '../workload/history.ts';
import type { Probe } from '../workload/load/record.ts';
import type { Experiment } from './experiment.ts';
import { event, makeExperiment, type ModelOutage } from './testing/make-experiment.ts';
import { nameOf, podReplaced, podTimes, uidOf } from './testing/model-pods.ts';
import { callMs, everyMs, moments } from './testing/moments.ts';
import { timelineOf } from './timeline-of.ts';
import type { ProbeCourse, Timeline } from './timeline.ts';

const refused = { state: 'fail', isApplied: false } as const;
const unanswered = { state: 'unknown', isApplied: true } as const;

function timeline(experiment: Experiment): Timeline {
  const found = timelineOf(experiment);
  if (found === undefined) throw new Error('No fault was begun.');
  return found;
}

function course(experiment: Experiment, probe: Probe): ProbeCourse {
  const found = timeline(experiment).probes.find((each) => each.probe === probe);
  if (found === undefined) throw new Error(`No course of ${probe}.`);
  return found;
}

function outage(
  probe: Probe,
  from: number,
  until: number,
  failure: Pick<ModelOutage, 'state' | 'isApplied'> = refused,
) {
  return { probe, from, until, ...failure };
}

/** The experiment with other outcomes of one probe's calls, from and until so many ms after the fault. */
function answered(
  experiment: Experiment,
  probe: Probe,
  [from, until]: readonly [number, number],
  change: (operation: Operation) => Partial<Operation>,
): Experiment {
  const { history } = experiment;
  const operations = history.operations.map((operation) => {
    const since = operation.calledAt - moments.faultAt;
    const isMeant = operation.request['probe'] === probe && since >= from && since < until;
    return isMeant ? { ...operation, ...change(operation) } : operation;
  });
  return { ...experiment, history: { ...history, operations } };
}

const empty = (): Partial<Operation> => ({ outcome: { state: 'ok', value: { hits: [] } } });

test('two outages are two, each from its first failing call to the first good one after it', () => {
  const outages = [outage('search', 100, 500), outage('search', 1000, 1200, unanswered)];
  expect(course(makeExperiment({ outages }), 'search')).toMatchObject({
    probe: 'search',
    before: { calls: 20, right: 20, rightInARow: 20 },
    calls: 60,
    firstFailureAt: 100,
    firstSuccessAt: 500 + callMs,
    rightAgainAt: 1200 + callMs,
    outages: [
      {
        from: 100,
        until: 500 + callMs,
        failures: 4,
        errors: [{ text: 'MILVUS_503: node offline[node=6]', count: 4, firstAt: 100 }],
      },
      { from: 1000, until: 1200 + callMs, failures: 2 },
    ],
    wrong: [],
  });
});

test('an operation that never failed was always right, and one that failed to the end is not right again', () => {
  const experiment = makeExperiment({ outages: [outage('ddl', 0, 60_000)] });
  expect(course(experiment, 'insert')).toMatchObject({
    outages: [],
    rightAgainAt: 0,
    firstFailureAt: undefined,
  });
  expect(course(experiment, 'ddl')).toMatchObject({
    outages: [{ from: 70, until: undefined }],
    rightAgainAt: undefined,
    firstSuccessAt: undefined,
  });
});

test('wrong answers with code Success are windows of their own; errors among them do not part them', () => {
  const wrong = answered(
    makeExperiment({ outages: [outage('search', 1300, 1500)] }),
    'search',
    [1000, 1300],
    empty,
  );
  const among = answered(wrong, 'search', [1500, 1700], empty);
  expect(course(among, 'search')).toMatchObject({
    wrong: [
      {
        from: 1000,
        until: 1600 + callMs,
        answers: 5,
        first: { text: '0 hits instead of 5' },
      },
    ],
    outages: [{ from: 1300, until: 1500 + callMs }],
    firstSuccessAt: 1500 + callMs,
    rightAgainAt: 1700 + callMs,
  });
  const last = course(answered(makeExperiment(), 'search', [5000, 60_000], empty), 'search');
  expect(last).toMatchObject({ wrong: [{ until: undefined }], rightAgainAt: undefined });
});

test('a call that hung from the outage on until long after it does not make the outage longer', () => {
  const experiment = makeExperiment({ outages: [outage('query', 100, 400)] });
  const hung = answered(experiment, 'query', [100, 400], ({ calledAt }) => ({ returnedAt: calledAt + 2000 }));
  expect(course(hung, 'query').outages).toMatchObject([{ from: 110, until: 410 + callMs }]);
});

test('a failure among calls that wait together for their answers does not part the outage', () => {
  const late = answered(
    makeExperiment({ outages: [outage('query', 100, 400)] }),
    'query',
    [400, 900],
    (call) => ({
      returnedAt: moments.faultAt + 2000 + call.id / 1000,
    }),
  );
  const refusal: Outcome = { state: 'fail', code: 'MILVUS_503', message: 'node offline' };
  const among = answered(late, 'query', [600, 700], () => ({ outcome: refusal }));
  const found = course(among, 'query');
  expect(found.outages).toMatchObject([{ from: 110, until: 910 + callMs, failures: 4 }]);
  expect(found.rightAgainAt).toBe(910 + callMs);
});

test('a call that was under way when the fault began is the first that it cut', () => {
  const cut: Outcome = { state: 'unknown', code: 'UNAVAILABLE', message: 'Connection dropped' };
  const experiment = answered(makeExperiment(), 'count', [-100, 0], () => ({
    returnedAt: moments.faultAt + 4,
    outcome: cut,
  }));
  expect(course(experiment, 'count')).toMatchObject({
    before: { calls: 19, right: 19 },
    outages: [{ from: 0, failures: 1 }],
  });
});

test('errors that differ by identifiers are of one class, in the order of their first appearance', () => {
  const texts = [
    'leader not available in distribution[channel=by-dev-rootcoord-dml_3_449188273645v0]: node offline[node=7]',
    'channel lacks[channel=by-dev-rootcoord-dml_3_449188273645v0]',
    'leader not available in distribution[channel=by-dev-rootcoord-dml_12_449188273999v1]: node offline[node=12]',
    'incomplete query result, missing id 4, 17, 23, len(searchIDs) = 5',
    'incomplete query result, missing id 8, len(searchIDs) = 5',
  ];
  let next = 0;
  const experiment = answered(makeExperiment(), 'search', [0, everyMs * texts.length], () => {
    const message = texts[next % texts.length] ?? '';
    next += 1;
    return { outcome: { state: 'fail', code: 'MILVUS_503', message: `${message}\nstack trace: main.go:12` } };
  });
  expect(course(experiment, 'search').outages[0]?.errors).toEqual([
    { text: `MILVUS_503: ${texts[0]}`, count: 2, firstAt: 0 },
    { text: `MILVUS_503: ${texts[1]}`, count: 1, firstAt: 100 },
    { text: `MILVUS_503: ${texts[3]}`, count: 2, firstAt: 300 },
  ]);
});

test('recovery is timed to a probe: any outage is found where it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 15 }), (first, calls) => {
      const [from, until] = [first * everyMs, (first + calls) * everyMs];
      const found = course(makeExperiment({ outages: [outage('search', from, until)] }), 'search');
      expect(found.outages).toMatchObject([{ from, until: until + callMs, failures: calls }]);
      expect(found.rightAgainAt).toBe(until + callMs);
    }),
    { numRuns: 25 },
  );
});

test('a struck pod, and what came in its place, from the watch', () => {
  const { leaving: leavingAt, gone: goneAt, created, scheduled, started, ready } = podTimes;
  const times = { createdAt: created, scheduledAt: scheduled, startedAt: started, readyAt: ready };
  expect(timeline(makeExperiment({ struck: ['querynode', 'etcd'] })).pods).toEqual([
    {
      part: 'querynode',
      old: { name: nameOf('querynode', 0), uid: uidOf('querynode', 0) },
      leavingAt,
      goneAt,
      replacement: { name: nameOf('querynode', 1), uid: uidOf('querynode', 1), ...times },
    },
    {
      part: 'etcd',
      old: { name: 'my-release-etcd-0', uid: uidOf('etcd', 0) },
      leavingAt,
      goneAt,
      replacement: { name: 'my-release-etcd-0', uid: uidOf('etcd', 1), ...times },
    },
  ]);
});

test('a replacement that was struck too has a course of its own', () => {
  const second: HistoryEvent[] = [
    event(moments.faultAt + 1500, {
      kind: 'fault',
      step: 'begin',
      text: 'delete with grace 0 (2 of 2)',
      pods: [{ name: nameOf('streamingnode', 1), uid: uidOf('streamingnode', 1), part: 'streamingnode' }],
    }),
    ...podReplaced('streamingnode', 'Ready', 1, 1500),
  ];
  const { pods } = timeline(
    makeExperiment({
      scenario: 'streamingnode-kill-twice',
      struck: ['streamingnode'],
      end: 'not Ready',
      events: second,
    }),
  );
  expect(pods.map(({ old, replacement }) => [old.uid, replacement?.uid, replacement?.readyAt])).toEqual([
    [uidOf('streamingnode', 0), uidOf('streamingnode', 1), undefined],
    [uidOf('streamingnode', 1), uidOf('streamingnode', 2), 1500 + podTimes.ready],
  ]);
});

test('a container that was killed comes back in its own pod', () => {
  const [pod] = timeline(makeExperiment({ scenario: 'querynode-container-kill' })).pods;
  const uid = uidOf('querynode', 0);
  expect(pod).toMatchObject({
    old: { uid },
    goneAt: podTimes.gone,
    replacement: { uid, startedAt: podTimes.started, readyAt: podTimes.ready },
  });
});

test('what restarted without being struck is named; the pods that replace others are not', () => {
  const [restarted] = podReplaced('proxy', 'Ready').slice(-1);
  const pod = restarted?.happening.kind === 'pod' ? restarted.happening.pod : undefined;
  if (pod === undefined) throw new Error('There is no pod.');
  const seen = { ...pod, name: 'my-release-mixcoord', uid: uidOf('mixcoord', 0), part: 'mixcoord' };
  const containers = [{ name: 'mixcoord', restarts: 2, running: true }];
  const events = [event(6000, { kind: 'pod', change: 'modified', pod: { ...seen, containers } })];
  expect(timeline(makeExperiment({ events })).bystanders).toEqual([
    { pod: 'my-release-mixcoord', part: 'mixcoord', restarts: 2 },
  ]);
});

test('the suite’s own lag since the fault is measured', () => {
  const lag = (at: number, lagMs: number) => event(at, { kind: 'lag', lagMs });
  const events = [lag(2000, 5000), lag(3500, 80), lag(4000, 450), lag(5000, 120)];
  expect(timeline(makeExperiment({ events })).lag).toEqual({ longestMs: 450, over100Ms: 2 });
});

test('a watch that was cut since the fault is told, with how long', () => {
  const watch = (at: number, state: 'cut' | 'resumed') => event(at, { kind: 'watch', state, text: 'reset' });
  const events = [watch(1500, 'cut'), watch(1600, 'resumed'), watch(3500, 'cut'), watch(4100, 'resumed')];
  expect(timeline(makeExperiment({ events })).watchCuts).toEqual([{ from: 500, until: 1100 }]);
});

test('without a fault there is no timeline', () => {
  const experiment = makeExperiment();
  const events = experiment.history.events.filter(({ happening }) => happening.kind !== 'fault');
  expect(timelineOf({ ...experiment, history: { ...experiment.history, events } })).toBeUndefined();
});

test('a hundred thousand calls take a moment', () => {
  const experiment = makeExperiment();
  const { operations } = experiment.history;
  const load = operations.filter(({ request }) => request['probe'] !== undefined);
  const many = Array.from({ length: 100_000 }, (_, index): Operation => {
    const { outcome, request, ...operation } = load[index % load.length] ?? load[0] ?? fail();
    const calledAt = 1000 + index * 0.08;
    return { ...operation, request, outcome, id: index + 1, calledAt, returnedAt: calledAt + callMs };
  });
  const began = performance.now();
  const found = timelineOf({ ...experiment, history: { ...experiment.history, operations: many } });
  expect(performance.now() - began).toBeLessThan(3000);
  expect(found?.probes.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(70_000);
});

function fail(): never {
  throw new Error('There is no call.');
}
