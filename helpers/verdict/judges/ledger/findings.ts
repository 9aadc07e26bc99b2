import type { Ledger } from '../../../workload/ledger/ledger.ts';
import type { Evidence, Finding, Subject } from '../../finding.ts';
import { seconds } from '../round-trip/frame.ts';
import { countOf, keyRanges } from '../round-trip/key-ranges.ts';
import type { Example, Wrongs } from './gathered.ts';
import type { RowVerdict } from './wrong.ts';
import type { LedgerJudgement } from './judge-ledger.ts';
import type { Read, Write } from './key-history.ts';
import { standingAt, standingText } from './standing.ts';

const meanings: Readonly<Record<RowVerdict, { readonly is: string; readonly expected: string }>> = {
  LOST: { is: 'acknowledged, and not there', expected: 'Every acknowledged row is there.' },
  PHANTOM: {
    is: 'there, and never written, or in a write that was refused',
    expected: 'Nothing is there that was not written.',
  },
  DUPLICATE: { is: 'there more than once', expected: 'Every row is there once.' },
  RESURRECTED: { is: 'there after the deletion was acknowledged', expected: 'Deleted rows stay away.' },
  ROLLED_BACK: {
    is: 'there as before an upsert that was acknowledged',
    expected: 'Every row is there as it was last written.',
  },
  TORN: { is: 'there with values that no write had', expected: 'Every row has the values of one write.' },
  STALE: {
    is: 'shown as before a write that the read had to know',
    expected: 'A read shows every write that its consistency level promises.',
  },
  FLICKERING: {
    is: 'seen, then not, without a write that explains it',
    expected: 'What a read has shown stays until it is written again.',
  },
};

/** What a reader gets: a finding for each verdict, or one that says what was seen to be right. */
export function ledgerFindings(
  ledger: Ledger,
  { wrongs, acked, sightings, unread }: LedgerJudgement,
  subject: Subject,
  seed: number,
): readonly Finding[] {
  const repeat = `Repeat with seed ${seed}.`;
  const found = wrongs.map((each): Finding => {
    const { is, expected } = meanings[each.verdict];
    const finding: Finding = {
      outcome: each.certain ? 'fail' : 'inconclusive',
      subject,
      observed: `${each.verdict}: ${countOf(each.keyCount, 'row')} ${is}: ${keysText(each)}.${doubt(each)}`,
      expected: `${expected} ${repeat}`,
      evidence: each.examples.flatMap((example) => evidenceOf(ledger, example)),
    };
    return each.certain ? { ...finding, wrong: true } : finding;
  });
  if (acked === 0 || sightings === 0) {
    const nothing = acked === 0 ? 'No write was acknowledged' : 'No read of a row succeeded';
    found.push(inconclusive(subject, `${nothing}, so there is nothing to judge.`, repeat));
  } else if (unread > 0) {
    const rows = `${countOf(unread, 'row')} of which a write was acknowledged`;
    found.push(inconclusive(subject, `No read looked for ${rows} afterwards.`, repeat));
  }
  if (found.length > 0) return found;
  const observed = `${countOf(acked, 'write')} of rows acknowledged and ${countOf(sightings, 'look')} at rows: each showed what was written.`;
  return [{ outcome: 'pass', subject, observed }];
}

function keysText({ keys, keyCount }: Wrongs): string {
  return keys.length === keyCount ? keyRanges(keys) : `${keyRanges(keys)} (of the first ${keys.length})`;
}

function doubt({ certain }: Wrongs): string {
  return certain ? '' : ' The history was cut short, and a call that was under way could explain it.';
}

function inconclusive(subject: Subject, observed: string, repeat: string): Finding {
  return { outcome: 'inconclusive', subject, observed, expected: `Writes, and reads after them. ${repeat}` };
}

function evidenceOf(ledger: Ledger, { history, read, write }: Example): Evidence[] {
  const shown = read.rows.map((row) => `generation ${ledger.generationShown(row)}`).join(' and ');
  const standing = standingText(standingAt(history.writes, read.calledUs, read.returnedUs));
  const seen = shown === '' ? 'no row' : shown;
  const level = `${read.level} read of key ${history.key}`;
  return [
    ...(write === undefined ? [] : [{ at: placeOf(ledger, write), text: writeText(history.key, write) }]),
    { at: placeOf(ledger, read), text: `${level}: it showed ${seen}; by then all writes gave: ${standing}.` },
  ];
}

function writeText(key: number, { kind, generation, acked, returnedUs }: Write): string {
  const what = kind === 'delete' ? `delete of key ${key}` : `${kind} of key ${key}, generation ${generation}`;
  if (acked) return `${what}: acknowledged.`;
  return `${what}: ${Number.isFinite(returnedUs) ? 'refused' : 'outcome unknown'}.`;
}

function placeOf(ledger: Ledger, { call }: Read | Write): string {
  const { id, kind, calledUs, returnedUs } = ledger.call(call);
  return `history.jsonl operation ${id} (${kind}, ${seconds(calledUs / 1000)} to ${seconds(returnedUs / 1000)})`;
}
