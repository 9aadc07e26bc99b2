import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { operationsOf } from '../../../workload/round-trip-record.ts';
import type { Finding } from '../../finding.ts';
import { evidenceOf, isOver, roundTripJudge, seconds, subjectOf, unsuccessful } from './frame.ts';

interface Wait {
  readonly step: 'flush' | 'create index' | 'load';
  readonly polls: 'flush state' | 'index state' | 'load state';
  /** Follows "The": `flush ended`. */
  readonly done: string;
}

/** ms. Less than this proves nothing about a server: the run's own budget was nearly spent. */
const fairWaitMs = 5_000;

/** RTP-030. */
export const flushEnds = endsInTime({ step: 'flush', polls: 'flush state', done: 'flush ended' });
/** RTP-040. */
export const indexIsBuilt = endsInTime({
  step: 'create index',
  polls: 'index state',
  done: 'index was built',
});
/** RTP-050. */
export const loadEnds = endsInTime({ step: 'load', polls: 'load state', done: 'load ended' });

function endsInTime(wait: Wait): Judge {
  const expected = `The ${wait.done}.`;
  return roundTripJudge({
    step: wait.step,
    look: (history) => [...unsuccessful(history, wait.step, expected), ...notDone(history, wait, expected)],
    passed: (history) => `The ${wait.done} after ${seconds(waitedMs(history, wait))}.`,
  });
}

function notDone(history: History, wait: Wait, expected: string): readonly Finding[] {
  const last = operationsOf(history, wait.polls).at(-1);
  // In a history that was cut short, the last poll is not the end of the wait.
  if (last === undefined || !isOver(history)) return [];
  const { outcome } = last;
  if (outcome.state === 'ok' && outcome.value.done) return [];
  const answered = outcome.state !== 'unknown' || outcome.answered === true;
  const fair = outcome.state === 'fail' || last.request.budgetMs >= fairWaitMs;
  const state = outcome.state === 'ok' ? outcome.value.state : `${outcome.code}: ${outcome.message}`;
  return [
    {
      outcome: answered && fair ? 'fail' : 'inconclusive',
      subject: subjectOf(history),
      observed: `After ${seconds(waitedMs(history, wait))} of waiting the last state was ${state}.`,
      expected: `${expected.slice(0, -1)} within ${seconds(last.request.budgetMs)}.`,
      evidence: [evidenceOf(last, state)],
    },
  ];
}

function waitedMs(history: History, wait: Wait): number {
  const start = operationsOf(history, wait.step)[0]?.operation.calledAt ?? 0;
  return (operationsOf(history, wait.polls).at(-1)?.operation.returnedAt ?? start) - start;
}
