import { expect, test } from 'vitest';
import type { Experiment } from '../../helpers/resilience/experiment.ts';
import {
  type CourseOptions,
  event,
  makeExperiment,
  type ModelOutage,
} from '../../helpers/resilience/testing/make-experiment.ts';
import {
  ends,
  nameOf,
  parts,
  podReplaced,
  uidOf,
  victimOf,
} from '../../helpers/resilience/testing/model-pods.ts';
import { scenarios } from '../../helpers/resilience/scenarios.ts';
import type { Happening, History } from '../../helpers/workload/history.ts';
import { judgeExperiments, resilienceCodes, withOutcome } from './testing/judge-experiment.ts';

const milvus = parts.filter((part) => part !== 'etcd');
const refused: Pick<ModelOutage, 'state' | 'isApplied'> = { state: 'fail', isApplied: false };

function fails(experiment: Experiment): Record<string, string> {
  return withOutcome('fail', judgeExperiments(experiment));
}

function withHistory(experiment: Experiment, change: (history: History) => Partial<History>): Experiment {
  return { ...experiment, history: { ...experiment.history, ...change(experiment.history) } };
}

function withoutHappenings(experiment: Experiment, isOut: (happening: Happening) => boolean): Experiment {
  return withHistory(experiment, ({ events }) => ({
    events: events.filter(({ happening }) => !isOut(happening)),
  }));
}

/** What RES-010 says against it, where all else is inconclusive because of that. */
function unsound(experiment: Experiment): string | undefined {
  const findings = judgeExperiments(experiment);
  const said = withOutcome('inconclusive', findings);
  expect(Object.keys(said)).toEqual(resilienceCodes);
  for (const { code, followsFrom } of findings) {
    expect(followsFrom?.code).toBe(code === 'RES-010' ? undefined : 'RES-010');
  }
  return said['RES-010'];
}

test.each(scenarios.map(({ name }) => name))(
  'a deployment that keeps every promise passes %s',
  (scenario) => {
    const struck = /^(restart-all|milvus|log-and)/.test(scenario) ? milvus : (['querynode'] as const);
    const findings = judgeExperiments(makeExperiment({ scenario, struck }));
    const noted = findings.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skipped');
    expect(noted).toEqual([]);
    expect(withOutcome('skipped', findings)).toEqual(
      struck === milvus ? {} : { 'RES-510': 'This scenario leaves Milvus pods as they are.' },
    );
  },
);

test('each experiment is judged by itself, under its own name', () => {
  const one = makeExperiment();
  const two = { ...makeExperiment({ end: 'not Ready' }), plan: { ...one.plan, repetition: 2 } };
  const findings = judgeExperiments(one, two).filter(({ code }) => code === 'RES-310');
  expect(findings).toMatchObject([
    { outcome: 'pass', subject: { kind: 'Experiment', name: 'querynode-kill' } },
    { outcome: 'fail', subject: { kind: 'Experiment', name: 'querynode-kill #2' } },
  ]);
});

const old = nameOf('querynode', 0);
const fresh = nameOf('querynode', 1);

test.each([
  [
    'no replacement',
    `${old} was gone at 0.4 s, and no pod took its place by the end, 6.0 s after the fault.`,
  ],
  [
    'not scheduled',
    `${fresh} was created at 0.5 s and was put on no node by the end, 6.0 s after the fault.`,
  ],
  [
    'not started',
    `${fresh} was created at 0.5 s, and its container did not start by the end, 6.0 s after the fault.`,
  ],
  [
    'not Ready',
    `${fresh} was created at 0.5 s, started at 1.2 s, and was not Ready by the end, 6.0 s after the fault.`,
  ],
] as const)('a pod that does not come back fails RES-310 and says how far it came: %s', (end, text) => {
  expect(ends).toContain(end);
  expect(fails(makeExperiment({ end }))).toEqual({
    'RES-310': `Of 1 struck pod 1 did not come back as it must: ${text}`,
  });
});

test('a pod that is Ready too late fails RES-310', () => {
  const experiment = makeExperiment();
  const plan = { ...experiment.plan, budgets: { ...experiment.plan.budgets, pods: 1900 } };
  expect(fails({ ...experiment, plan })).toEqual({
    'RES-310': expect.stringContaining('was Ready 2.0 s after the fault; its budget is 1.9 s.'),
  });
});

test('a container that restarts without being struck warns, and does not fail', () => {
  const pod = podReplaced('proxy', 'Ready').at(-1)?.happening;
  const restarted: Happening[] =
    pod?.kind === 'pod'
      ? [
          {
            ...pod,
            pod: {
              ...pod.pod,
              uid: uidOf('proxy', 0),
              containers: [{ name: 'proxy', restarts: 1, running: true }],
            },
          },
        ]
      : [];
  const findings = judgeExperiments(makeExperiment({ events: restarted.map((each) => event(8000, each)) }));
  expect(withOutcome('fail', findings)).toEqual({});
  expect(withOutcome('warn', findings)).toEqual({
    'RES-320': `Restarted without being struck: ${nameOf('proxy', 1)} (proxy) once.`,
  });
});

test('an operation that is away for longer than its budget fails RES-410; two outages count together', () => {
  const insert = (from: number, until: number): ModelOutage => ({ probe: 'insert', from, until, ...refused });
  expect(fails(makeExperiment({ outages: [insert(0, 800)] }))).toEqual({});
  expect(fails(makeExperiment({ outages: [insert(0, 800), insert(2000, 2800)] }))).toEqual({
    'RES-410': 'insert was away for 1.6 s in all, and may be for 1.0 s.',
  });
});

test('an operation that does not come back fails RES-410 with its last error', () => {
  const outages: ModelOutage[] = [{ probe: 'search', from: 100, until: 60_000, ...refused }];
  expect(fails(makeExperiment({ outages }))).toEqual({
    'RES-410':
      'search was not right again by the end, 6.0 s after the fault (last: MILVUS_503: node offline[node=6]).',
  });
});

test('a load that never ran, a steady state that was not reached, and a fault that struck nothing are told apart', () => {
  const experiment = makeExperiment();
  const noLoad = withHistory(experiment, () => ({ operations: [] }));
  expect(unsound(noLoad)).toBe('The load never ran: not one of its calls is in the history.');

  const unsteady = withHistory(
    withoutHappenings(experiment, ({ kind }) => kind === 'fault'),
    () => ({ stopped: { step: 'steady', reason: 'search is not right: 0 hits instead of 10.' } }),
  );
  expect(unsound(unsteady)).toBe(
    'No fault was tried: the steady state before it was not reached. search is not right: 0 hits instead of 10.',
  );

  expect(unsound(makeExperiment({ end: 'stays' }))).toBe(
    `The fault landed on nothing: ${old} ran on as before, under the same UID.`,
  );
  expect(unsound(makeExperiment({ scenario: 'querynode-container-kill', end: 'stays' }))).toContain(
    'landed on nothing',
  );

  const nobody = { ...experiment, plan: { ...experiment.plan, victims: [] } };
  const reason = 'This deployment has no querynode.';
  expect(unsound(withHistory(nobody, () => ({ stopped: { step: 'fault', reason } })))).toBe(
    `The fault had nothing to strike: ${reason}`,
  );

  const meant = { ...experiment, plan: { ...experiment.plan, victims: [victimOf('datanode')] } };
  expect(unsound(meant)).toBe(`The fault was meant for ${nameOf('datanode', 0)}, and did not strike there.`);

  expect(unsound(withHistory(experiment, () => ({ complete: false })))).toBe(
    'The run was cut short while it was in its phase "verify".',
  );
});

test.each<[string, CourseOptions, string]>([
  [
    'a fault that failed',
    {
      events: [
        event(3100, { kind: 'fault', step: 'failed', text: 'the disruption budget forbids it.', pods: [] }),
      ],
    },
    'The fault did not land: the disruption budget forbids it.',
  ],
  [
    'a suite that stood still',
    { events: [event(4000, { kind: 'lag', lagMs: 2500 })] },
    'This tool itself stood still for 2.5 s: what it measured meanwhile is its own. Run it on a machine with less to do.',
  ],
  [
    'a probe that was not right just before the fault',
    { outages: [{ probe: 'query', from: -300, until: 0, ...refused }] },
    'The load was not steady before the fault: of 20 calls of query the last 0 were right, and 5 must be.',
  ],
])('inconclusive: %s', (_, options, text) => {
  expect(unsound(makeExperiment(options))).toBe(text);
});

test('an experiment that is not sound still fails for rows that are lost', () => {
  const experiment = makeExperiment({ end: 'stays' });
  const lost = withHistory(experiment, ({ operations }) => ({
    operations: operations.map((operation) => {
      const isLook = operation.step === 'verify' && operation.request['ledger'] === 'read';
      return isLook ? { ...operation, outcome: { state: 'ok', value: { rows: [] } } } : operation;
    }),
  }));
  expect(Object.keys(fails(lost))).toEqual(['RES-110']);
});

test('a last look that did not come to its end fails where Milvus said why, and else is inconclusive', () => {
  const reason = 'A read failed 30 times: MILVUS_101: collection not loaded.';
  const stopped = withHistory(makeExperiment(), ({ operations }) => ({
    stopped: { step: 'verify', reason },
    operations: operations.map((operation) =>
      operation.request['after'] === 'flush'
        ? { ...operation, outcome: { state: 'fail', code: 'MILVUS_101', message: 'collection not loaded' } }
        : operation,
    ),
  }));
  expect(fails(stopped)).toEqual({ 'RES-220': `The last look did not come to its end: ${reason}` });
  const without = withHistory(makeExperiment(), ({ operations }) => ({
    operations: operations.filter(({ request }) => request['after'] !== 'flush'),
  }));
  expect(withOutcome('inconclusive', judgeExperiments(without))).toEqual({
    'RES-220': 'No look was taken after flush.',
  });
});

test('a restart of everything that left a Milvus pod proves nothing', () => {
  const findings = judgeExperiments(makeExperiment({ scenario: 'restart-all', struck: milvus.slice(1) }));
  expect(withOutcome('inconclusive', findings)).toEqual({
    'RES-510': `Not every Milvus pod was replaced: ${nameOf('proxy', 0)} kept its UID.`,
  });
});

test('a restart of everything that makes a collection anew is found by what Milvus says of it', () => {
  const whole = makeExperiment({ scenario: 'restart-all', struck: milvus });
  const anew = withHistory(whole, ({ operations }) => ({
    operations: operations.map((operation) =>
      operation.request['moment'] === 'after'
        ? { ...operation, outcome: { state: 'ok', value: { collectionID: 'another' } } }
        : operation,
    ),
  }));
  expect(fails(anew)).toEqual({
    'RES-510': `With every Milvus pod replaced, describeCollection of mc_1_still is another than before.`,
  });
});

test('a workload that stays scaled down, and a collection that stays, are left behind', () => {
  const scaled = makeExperiment({ scenario: 'querynode-scale-to-zero' });
  const down = withoutHappenings(scaled, (each) => each.kind === 'fault' && each.step === 'undone');
  expect(fails(down)).toEqual({
    'RES-610': 'Left behind: Deployment/my-release-querynode is still scaled to no replica.',
  });
  const listed = withHistory(makeExperiment(), ({ operations }) => ({
    operations: operations.map((operation) =>
      operation.step === 'drop'
        ? {
            ...operation,
            outcome: { state: 'ok', value: { own: [String(operation.request['collection'])] } },
          }
        : operation,
    ),
  }));
  expect(fails(withHistory(listed, () => ({ complete: false })))).toEqual(fails(listed));
  const dropped = withHistory(listed, ({ operations }) => ({
    complete: false,
    operations: operations.flatMap((operation) =>
      operation.step === 'drop' ? [operation, { ...operation, call: 'dropCollection' }] : [operation],
    ),
  }));
  expect(fails(dropped)).toEqual({});
  expect(fails(listed)['RES-610']).toContain('mc_1_still, mc_1_ledger, mc_1_scratch');
});
