import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { type Done, operationsOf } from '../../../workload/round-trip-record.ts';
import type { Finding } from '../../finding.ts';
import { evidenceOf, roundTripJudge, subjectOf, unsuccessful } from './frame.ts';
import { countOf, keyRanges } from './key-ranges.ts';
import { ledgerOf } from './ledger.ts';

/** RTP-090. That the deletion was acknowledged proves nothing: the rows must be gone from reads and searches. */
export const deletedRowsAreGone: Judge = roundTripJudge({
  step: 'delete',
  look: (history) => [
    ...unsuccessful(history, 'delete', 'The rows are deleted.'),
    ...unjudged(history),
    ...resurrected(history),
  ],
  passed: (history) =>
    `${countOf(ledgerOf(history).deleted.size, 'row')} deleted, and seen by no later read or search.`,
});

/** Whether the reads themselves went well is for RTP-060 and RTP-070; without them nothing is proved here. */
function unjudged(history: History): readonly Finding[] {
  const reads = operationsOf(history, 'read rows after delete');
  const deleted = operationsOf(history, 'delete').some(({ outcome }) => outcome.state === 'ok');
  if (!deleted || (reads.length > 0 && reads.every(({ outcome }) => outcome.state === 'ok'))) return [];
  return [
    {
      outcome: 'inconclusive',
      subject: subjectOf(history),
      observed: 'The deletion was acknowledged, but the read after it did not succeed.',
      expected: 'A read by key of the rows that were deleted.',
    },
  ];
}

function resurrected(history: History): readonly Finding[] {
  const { deleted } = ledgerOf(history);
  const sightings = [
    ...operationsOf(history, 'read rows after delete').map((done) => ({ done, keys: keysRead(done) })),
    ...operationsOf(history, 'search after delete').map((done) => ({ done, keys: keysFound(done) })),
  ]
    .map(({ done, keys }) => ({ done, keys: keys.filter((key) => deleted.has(key)) }))
    .filter(({ keys }) => keys.length > 0);
  if (sightings.length === 0) return [];
  const keys = new Set(sightings.flatMap((sighting) => sighting.keys));
  const deletes = operationsOf(history, 'delete');
  return [
    {
      outcome: 'fail',
      wrong: true,
      subject: subjectOf(history),
      observed: `RESURRECTED: ${countOf(keys.size, 'row')} seen after the deletion was acknowledged: ${keyRanges(keys)}.`,
      expected: `No deleted row is seen. Repeat with seed ${history.header.seed}.`,
      evidence: [
        ...deletes.map((done) =>
          evidenceOf(done, `Deleted keys ${keyRanges(done.request.keys)}, acknowledged.`),
        ),
        ...sightings.map(({ done, keys: seen }) => evidenceOf(done, `Showed keys ${keyRanges(seen)}.`)),
      ],
    },
  ];
}

function keysRead({ outcome }: Done<'read rows after delete'>): number[] {
  return outcome.state === 'ok' ? outcome.value.rows.map((row) => row.key) : [];
}

function keysFound({ outcome }: Done<'search after delete'>): number[] {
  return outcome.state === 'ok' ? outcome.value.hits.map((hit) => hit.key) : [];
}
