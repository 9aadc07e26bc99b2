import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { operationsOf, type RowSeen } from '../../../workload/round-trip-record.ts';
import type { Finding } from '../../finding.ts';
import { evidenceOf, roundTripJudge, subjectOf, unsuccessful } from './frame.ts';
import { ledgerOf } from './ledger.ts';

/**
 * RTP-080. A count that differs from the rows written but equals the rows that a read by key shows is a right count
 * of wrong rows: that is RTP-070's or RTP-090's finding, and not repeated here.
 */
export const countIsRight: Judge = roundTripJudge({
  step: 'count',
  look: (history) => [
    ...unsuccessful(history, 'count', 'The number of rows.'),
    ...unsuccessful(history, 'count after delete', 'The number of rows that are left.'),
    ...miscounts(history),
  ],
  passed: (history) => {
    const counts = [...operationsOf(history, 'count'), ...operationsOf(history, 'count after delete')];
    const texts = counts.map(({ outcome }) => (outcome.state === 'ok' ? outcome.value.count : 'unknown'));
    return `Counted ${texts.join(' rows, and after the deletion ')}.`;
  },
});

function miscounts(history: History): readonly Finding[] {
  const { written, deleted, seen, seenAfterDelete, phantoms } = ledgerOf(history);
  return [
    ...miscount(history, 'count', written.size, rowsIn(seen, phantoms)),
    ...miscount(
      history,
      'count after delete',
      written.size - deleted.size,
      rowsIn(seenAfterDelete, phantoms),
    ),
  ];
}

function rowsIn(seen: readonly RowSeen[] | undefined, phantoms: readonly RowSeen[]): number | undefined {
  return seen === undefined ? undefined : seen.length + phantoms.length;
}

function miscount(
  history: History,
  step: 'count' | 'count after delete',
  expected: number,
  seen: number | undefined,
): readonly Finding[] {
  return operationsOf(history, step).flatMap((done) => {
    if (done.outcome.state !== 'ok') return [];
    const { count } = done.outcome.value;
    if (count === expected || count === seen) return [];
    const shown = seen === undefined ? '' : ` A read by key shows ${seen}.`;
    const how = count > expected ? `${count - expected} too many` : `${expected - count} too few`;
    return {
      outcome: 'fail',
      wrong: true,
      subject: subjectOf(history),
      observed: `count(*) says ${count} (${step}), ${how}.${shown}`,
      expected: `${expected}. Repeat with seed ${history.header.seed}.`,
      evidence: [evidenceOf(done, `count(*) = ${count}`)],
    };
  });
}
