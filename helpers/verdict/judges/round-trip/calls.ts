import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { operationsOf, type StepName } from '../../../workload/round-trip-record.ts';
import type { Finding } from '../../finding.ts';
import { evidenceOf, roundTripJudge, seconds, subjectOf, unsuccessful } from './frame.ts';
import { countOf, keyRanges } from './key-ranges.ts';

/** RTP-010. */
export const collectionIsCreated: Judge = roundTripJudge({
  step: 'create',
  look: (history) => unsuccessful(history, 'create', 'The collection is created.'),
  passed: (history) => `Created in ${durationOf(history, 'create')}.`,
});

/** RTP-020. Code 0 is not enough: the acknowledged count must be the number of rows sent. */
export const insertsAreAcknowledged: Judge = roundTripJudge({
  step: 'insert',
  look: (history) => [
    ...unsuccessful(history, 'insert', 'Every batch of rows is acknowledged.'),
    ...miscounted(history),
  ],
  passed: (history) => {
    const inserts = operationsOf(history, 'insert');
    const rows = inserts.reduce((sum, { request }) => sum + request.rows, 0);
    return `${countOf(rows, 'row')} acknowledged in ${countOf(inserts.length, 'batch', 'batches')}.`;
  },
});

function miscounted(history: History): readonly Finding[] {
  return operationsOf(history, 'insert').flatMap((done) => {
    const { request, outcome } = done;
    if (outcome.state !== 'ok' || outcome.value.inserted === request.rows) return [];
    const keys = keyRanges([request.firstKey, request.firstKey + request.rows - 1]);
    return {
      outcome: 'fail',
      subject: subjectOf(history),
      observed: `Milvus acknowledged ${countOf(outcome.value.inserted, 'row')} of the ${request.rows} of one insert.`,
      expected: `insert_cnt ${request.rows}.`,
      evidence: [evidenceOf(done, `Keys from and to: ${keys}; seed ${history.header.seed}.`)],
    };
  });
}

function durationOf(history: History, step: StepName): string {
  const operations = operationsOf(history, step).map(({ operation }) => operation);
  const first = operations[0]?.calledAt ?? 0;
  return seconds((operations.at(-1)?.returnedAt ?? first) - first);
}
