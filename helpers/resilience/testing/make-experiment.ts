import type { Happening, HistoryEvent, Operation } from '../../workload/history.ts';
import { looks, type Probe, probes } from '../../workload/load/record.ts';
import type { Experiment } from '../experiment.ts';
import type { Scenario } from '../scenario.ts';
import { scenarios } from '../scenarios.ts';
import { type Failure, MilvusModel, type NewCall } from './model-calls.ts';
import {
  containerRestarted,
  type End,
  type Part,
  podReplaced,
  podsSeen,
  uidOf,
  victimOf,
} from './model-pods.ts';
import { callMs, everyMs, moments, smallLoad } from './moments.ts';

/** A probe fails from and until so many ms after the fault. */
export interface ModelOutage extends Failure {
  readonly probe: Probe;
  readonly from: number;
  readonly until: number;
}

export interface CourseOptions {
  readonly scenario?: string;
  readonly struck?: readonly Part[];
  /** Of each struck pod. */
  readonly end?: End;
  readonly outages?: readonly ModelOutage[];
  /** More of what happened. */
  readonly events?: readonly HistoryEvent[];
}

function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`No scenario is called ${name}.`);
  return found;
}

/**
 * An experiment made by hand: a deployment that loses pods and keeps every promise. Calls do not overlap, and each
 * probe calls every `everyMs`, with the seventh part of it between two of them.
 */
export function makeExperiment(options: CourseOptions = {}): Experiment {
  const scenario = scenarioNamed(options.scenario ?? 'querynode-kill');
  const { struck = ['querynode'], outages = [] } = options;
  const operations = callsOf(outages).map(
    ({ calledAt, ...call }, index): Operation => ({
      type: 'operation',
      id: index + 1,
      ...call,
      calledAt,
      returnedAt: calledAt + callMs,
    }),
  );
  const header = { type: 'header', schemaVersion: 1, workload: 'experiment', seed: smallLoad.seed } as const;
  return {
    plan: {
      schemaVersion: 1,
      scenario,
      repetition: 1,
      namespace: 'milvus',
      instance: 'my-release',
      victims: struck.map(victimOf),
      replicasStay: false,
      budgets: scenario.budgets,
      load: smallLoad,
    },
    history: {
      header: { ...header, startedAt: '2026-11-01T00:00:00Z', collection: smallLoad.collections.ledger },
      operations,
      events: [...eventsOf(scenario, struck, options)].toSorted((left, right) => left.at - right.at),
      complete: true,
    },
  };
}

type TimedCall = NewCall & { readonly calledAt: number };

function callsOf(outages: readonly ModelOutage[]): readonly TimedCall[] {
  const model = new MilvusModel();
  const spread = (from: number, calls: readonly NewCall[]) =>
    calls.map((call, index) => ({ ...call, calledAt: from + 5 * index }));
  const prepared = spread(600, [...model.prepare(), ...model.describe('before')]);
  const load: TimedCall[] = [];
  for (let at: number = moments.loadAt; at < moments.verifyAt; at += everyMs) {
    for (const [index, probe] of probes.entries()) {
      const calledAt = at + 10 * index;
      const since = calledAt - moments.faultAt;
      const outage = outages.find((each) => each.probe === probe && since >= each.from && since < each.until);
      load.push({ ...model.probe(probe, outage), calledAt });
    }
  }
  const last = [...model.describe('after'), ...looks.flatMap((after) => model.look(after))];
  return [...prepared, ...load, ...spread(moments.verifyAt, last), ...spread(moments.dropAt, model.drop())];
}

function eventsOf(
  { fault }: Scenario,
  struck: readonly Part[],
  { end = 'Ready', events = [] }: CourseOptions,
): readonly HistoryEvent[] {
  const pods = struck.map((part) => ({ name: victimOf(part).name, uid: uidOf(part, 0), part }));
  const { loadAt, faultAt, verifyAt } = moments;
  const said = (at: number, step: 'begin' | 'done' | 'undone', text: string) =>
    event(at, { kind: 'fault', step, text, pods });
  return [
    event(0, { kind: 'phase', phase: 'prepare' }),
    ...podsSeen(),
    event(loadAt, { kind: 'phase', phase: 'steady' }),
    event(faultAt - 1, { kind: 'phase', phase: 'fault' }),
    said(faultAt, 'begin', fault.kind),
    ...struck.flatMap((part) =>
      fault.kind === 'kill-container'
        ? end === 'stays'
          ? []
          : containerRestarted(part)
        : podReplaced(part, end),
    ),
    said(faultAt + 420, 'done', 'the pod is gone'),
    ...(fault.kind === 'scale-to-zero' ? [said(faultAt + 440, 'undone', 'scaled back')] : []),
    event(faultAt + 430, { kind: 'phase', phase: 'recovery' }),
    event(verifyAt, { kind: 'phase', phase: 'verify' }),
    ...events,
  ];
}

export function event(at: number, happening: Happening): HistoryEvent {
  return { type: 'event', at, happening };
}
