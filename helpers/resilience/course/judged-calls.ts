import type { Operation } from '../../workload/history.ts';
import { answerOf, type Answer } from '../../workload/load/answer.ts';
import { type Probe, probeOf, probes } from '../../workload/load/record.ts';
import type { LoadRun } from '../experiment.ts';
import { oracleOf } from './oracle-of.ts';

/** One call of a probe, and what its answer was worth. */
export interface JudgedCall {
  readonly operation: Operation;
  readonly answer: Answer;
}

/** All calls of one probe, in the order in which they were made: a hung one returns after later ones. */
export interface ProbeCalls {
  readonly probe: Probe;
  readonly calls: readonly JudgedCall[];
}

/** Each probe in the order of the table, with its calls; empty where it made none. */
export function judgedCalls(run: LoadRun): readonly ProbeCalls[] {
  const { plan, history } = run;
  const oracle = oracleOf(run);
  const byProbe = new Map<Probe, JudgedCall[]>(probes.map((probe) => [probe, []]));
  for (const operation of history.operations) {
    const probe = probeOf(operation);
    if (probe === undefined) continue;
    byProbe.get(probe)?.push({ operation, answer: answerOf(operation, plan.load, oracle) });
  }
  return [...byProbe].map(([probe, calls]) => ({ probe, calls: inOrder(calls) }));
}

function inOrder(calls: JudgedCall[]): readonly JudgedCall[] {
  return calls.toSorted((left, right) => left.operation.calledAt - right.operation.calledAt);
}
