import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { type Done, operationsOf } from '../../../workload/round-trip-record.ts';
import { checksum } from '../../../workload/seeded.ts';
import type { Evidence, Finding } from '../../finding.ts';
import { evidenceOf, roundTripJudge, subjectOf, unsuccessful } from './frame.ts';
import { countOf, keyRanges } from './key-ranges.ts';
import { isTorn, type Ledger, ledgerOf } from './ledger.ts';

type Read = Done<'read rows' | 'read keys never written' | 'read rows after delete'>;

type Verdict = 'LOST' | 'DUPLICATE' | 'TORN' | 'PHANTOM';

const meanings: Readonly<Record<Verdict, { readonly is: string; readonly expected: string }>> = {
  LOST: { is: 'acknowledged, and not there', expected: 'Every acknowledged row is there.' },
  DUPLICATE: { is: 'there more than once', expected: 'Every row is there once.' },
  TORN: { is: 'there with other values than were written', expected: 'Every row has the values written.' },
  PHANTOM: { is: 'there, and never written', expected: 'Nothing is there that was not written.' },
};

/** RTP-070. Rows that were deleted are RTP-090's. */
export const rowsAreAsWritten: Judge = roundTripJudge({
  step: 'read rows',
  look: (history) => [
    ...unsuccessful(history, 'read rows', 'The rows.'),
    ...unsuccessful(history, 'read keys never written', 'No rows.'),
    ...unsuccessful(history, 'read rows after delete', 'The rows that are left.'),
    ...wrongRows(history),
  ],
  passed: (history) =>
    `${countOf(ledgerOf(history).written.size, 'row')} read by key, each as it was written.`,
});

interface Sighting {
  readonly verdict: Verdict;
  readonly key: number;
  readonly read: Read;
}

/** Each key is reported for the first read that shows it wrong. */
function wrongRows(history: History): readonly Finding[] {
  const ledger = ledgerOf(history);
  const reads: readonly Read[] = [
    ...operationsOf(history, 'read rows'),
    ...operationsOf(history, 'read keys never written'),
    ...operationsOf(history, 'read rows after delete'),
  ];
  const sightings = new Map<number, Sighting>();
  for (const sighting of reads.flatMap((read) => sightingsIn(read, ledger))) {
    if (!sightings.has(sighting.key)) sightings.set(sighting.key, sighting);
  }
  const byVerdict = Map.groupBy(sightings.values(), ({ verdict }) => verdict);
  return [...byVerdict].map(([verdict, found]) => finding(history, ledger, verdict, found));
}

function sightingsIn(read: Read, ledger: Ledger): Sighting[] {
  if (read.outcome.state !== 'ok') return [];
  const { rows } = read.outcome.value;
  const afterDelete = read.operation.step === 'read rows after delete';
  const isDeleted = (key: number) => afterDelete && ledger.deleted.has(key);
  const rowsByKey = Map.groupBy(rows, (row) => row.key);
  const verdicts = new Map<number, Verdict>();
  for (const key of read.request.keys) {
    if (ledger.written.has(key) && !rowsByKey.has(key)) verdicts.set(key, 'LOST');
  }
  for (const [key, sameKey] of rowsByKey) {
    if (!ledger.written.has(key)) verdicts.set(key, 'PHANTOM');
    else if (sameKey.some((row) => isTorn(ledger.written, row))) verdicts.set(key, 'TORN');
    else if (sameKey.length > 1) verdicts.set(key, 'DUPLICATE');
  }
  return [...verdicts].filter(([key]) => !isDeleted(key)).map(([key, verdict]) => ({ verdict, key, read }));
}

function finding(history: History, ledger: Ledger, verdict: Verdict, found: readonly Sighting[]): Finding {
  const keys = found.map(({ key }) => key);
  const { is, expected } = meanings[verdict];
  const reads = new Set(found.map(({ read }) => read));
  return {
    outcome: 'fail',
    wrong: true,
    subject: subjectOf(history),
    observed: `${verdict}: ${countOf(keys.length, 'row')} ${is}: ${keyRanges(keys)}.`,
    expected: `${expected} Repeat with seed ${history.header.seed}.`,
    evidence: [...writesOf(history, keys), ...[...reads].map((read) => readEvidence(read, ledger, found))],
  };
}

function writesOf(history: History, keys: readonly number[]): Evidence[] {
  return operationsOf(history, 'insert').flatMap((insert) => {
    const { firstKey, rows } = insert.request;
    const among = keys.filter((key) => key >= firstKey && key < firstKey + rows);
    if (among.length === 0) return [];
    return evidenceOf(insert, `Inserted keys ${firstKey}-${firstKey + rows - 1}, acknowledged.`);
  });
}

function readEvidence(read: Read, ledger: Ledger, found: readonly Sighting[]): Evidence {
  const keys = found.filter((sighting) => sighting.read === read).map(({ key }) => key);
  const rows = read.outcome.state === 'ok' ? read.outcome.value.rows : [];
  const example = rows.find((row) => row.key === keys[0]);
  const written = ledger.written.get(keys[0] ?? Number.NaN);
  const checksums =
    example === undefined || written === undefined
      ? ''
      : ` Key ${example.key}: checksum ${example.checksum}, written ${checksum(written)}.`;
  return evidenceOf(
    read,
    `Read ${countOf(rows.length, 'row')} for ${read.request.keys.length} keys.${checksums}`,
  );
}
