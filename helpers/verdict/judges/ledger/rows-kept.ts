import type { Evidence } from '../../../engine/context.ts';
import { Ledger } from '../../../workload/ledger/ledger.ts';
import { ledgerCallOf } from '../../../workload/ledger/record.ts';
import type { Finding } from '../../finding.ts';
import { subjectOf } from '../round-trip/frame.ts';
import { ledgerFindings } from './findings.ts';
import { judgeLedger, type LedgerSettings } from './judge-ledger.ts';

/**
 * No acknowledged write is lost, in a history that holds a ledger: the judge of a check. A history too long to be
 * held is judged by `readLedger` and `judgeLedger`, by the same rules.
 */
export function rowsAreKept(
  settings: Omit<LedgerSettings, 'seed' | 'complete'>,
): (evidence: Pick<Evidence, 'history'>) => readonly Finding[] {
  return ({ history }) => {
    if (history === undefined) {
      const subject = { kind: 'Collection', name: 'of the ledger' };
      const observed = 'No operation was recorded, so there is nothing to judge.';
      return [{ outcome: 'inconclusive', subject, observed, expected: 'A history with a ledger.' }];
    }
    const ledger = new Ledger();
    for (const operation of history.operations) {
      const call = ledgerCallOf(operation);
      if (call !== undefined) ledger.add(call);
    }
    const { seed } = history.header;
    const judgement = judgeLedger(ledger, { ...settings, seed, complete: history.complete });
    return ledgerFindings(ledger, judgement, subjectOf(history), seed);
  };
}
