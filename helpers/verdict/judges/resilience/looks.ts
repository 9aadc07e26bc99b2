import type { LoadRun } from '../../../resilience/experiment.ts';
import { oracleOf } from '../../../resilience/course/oracle-of.ts';
import type { Operation } from '../../../workload/history.ts';
import { answerOf } from '../../../workload/load/answer.ts';
import { checkOf, loadSteps, probeRecords } from '../../../workload/load/record.ts';
import type { Evidence } from '../../finding.ts';
import { evidenceAt } from './frame.ts';

/** An answer of the last look that is wrong. */
export interface WrongLook {
  readonly operation: Operation;
  readonly text: string;
  /** Of a count of the ledger's rows. */
  readonly miscount: 'too low' | 'too high' | undefined;
  readonly evidence: Evidence;
}

/** The reads of the last look at every row and every search. */
export function looksOf({ history }: LoadRun): readonly Operation[] {
  return history.operations.filter(
    (operation) =>
      operation.step === loadSteps.verify &&
      (checkOf(operation) !== undefined || operation.request['ledger'] === 'read'),
  );
}

/** Those of them that succeeded and were wrong; what a read of the ledger shows is for its judge. */
export function wrongLooks(run: LoadRun): readonly WrongLook[] {
  const { plan } = run;
  const oracle = oracleOf(run);
  return looksOf(run).flatMap((operation) => {
    if (checkOf(operation) === undefined) return [];
    const answer = answerOf(operation, plan.load, oracle);
    if (answer.state !== 'wrong') return [];
    const { text } = answer;
    return [
      { operation, text, miscount: miscountOf(operation), evidence: evidenceAt(operation, `${text}.`) },
    ];
  });
}

function miscountOf({ request, outcome }: Operation): WrongLook['miscount'] {
  const bounds = probeRecords.count.request.safeParse(request);
  if (!bounds.success || bounds.data.atLeast === undefined || outcome.state !== 'ok') return undefined;
  const value = probeRecords.count.value.safeParse(outcome.value);
  if (!value.success) return undefined;
  return value.data.count < bounds.data.atLeast ? 'too low' : 'too high';
}
