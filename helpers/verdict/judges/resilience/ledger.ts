import type { Judge } from '../../../engine/context.ts';
import type { LoadRun } from '../../../resilience/experiment.ts';
import type { History } from '../../../workload/history.ts';
import { Ledger } from '../../../workload/ledger/ledger.ts';
import { ledgerCallOf } from '../../../workload/ledger/record.ts';
import type { Finding } from '../../finding.ts';
import { ledgerFindings } from '../ledger/findings.ts';
import { judgeLedger, type LedgerJudgement } from '../ledger/judge-ledger.ts';
import type { RowVerdict } from '../ledger/wrong.ts';
import { experimentJudge, type Tried } from './frame.ts';
import { wrongLooks } from './looks.ts';

/** A Bounded read must know a write after 5 s (`common.gracefulTime`) and some slack; a load reads Strong. */
const lags = { boundedMs: 6000, eventuallyMs: 60_000 } as const;

interface Kept {
  readonly verdicts: readonly RowVerdict[];
  /** A count of the ledger's rows that is too low, or too high, says the same where no key was seen to. */
  readonly miscount?: 'too low' | 'too high';
}

/** RES-110. */
export const nothingIsLost = ledgerJudge({
  verdicts: ['LOST', 'RESURRECTED', 'ROLLED_BACK'],
  miscount: 'too low',
});

/** RES-120. */
export const rowsAreWhole = ledgerJudge({ verdicts: ['DUPLICATE', 'TORN', 'PHANTOM'], miscount: 'too high' });

/** RES-130. */
export const readsAreFresh = ledgerJudge({ verdicts: ['STALE', 'FLICKERING'] });

function ledgerJudge(kept: Kept): Judge {
  return experimentJudge((tried) => {
    const { ledger, judgement } = judgedLedger(tried.experiment);
    const wrongs = judgement.wrongs.filter(({ verdict }) => kept.verdicts.includes(verdict));
    const { seed } = tried.experiment.plan.load;
    const miscounts = judgement.wrongs.length === 0 ? miscountsOf(tried, kept) : [];
    if (miscounts.length > 0) return miscounts;
    return ledgerFindings(ledger, { ...judgement, wrongs }, tried.subject, seed);
  });
}

function miscountsOf({ experiment, subject }: Tried, { miscount }: Kept): readonly Finding[] {
  const found = wrongLooks(experiment).filter(
    (look) => look.miscount !== undefined && look.miscount === miscount,
  );
  const [first] = found;
  if (first === undefined) return [];
  return [
    {
      outcome: 'fail',
      wrong: true,
      subject,
      observed: `Of the rows that were written, ${first.text}; no read by key shows which.`,
      expected: `As many rows as there are keys. Repeat with seed ${experiment.plan.load.seed}.`,
      evidence: found.map(({ evidence }) => evidence),
    },
  ];
}

interface JudgedLedger {
  readonly ledger: Ledger;
  readonly judgement: LedgerJudgement;
}

/** The ledger of a load, judged. Made once for each history: several judges read it. */
export function judgedLedger({ plan, history }: LoadRun): JudgedLedger {
  const known = ledgers.get(history);
  if (known !== undefined) return known;
  const ledger = new Ledger();
  for (const operation of history.operations) {
    const call = ledgerCallOf(operation);
    if (call !== undefined) ledger.add(call);
  }
  const { seed, callTimeoutMs } = plan.load;
  const judgement = judgeLedger(ledger, { ...lags, seed, callTimeoutMs, complete: history.complete });
  const made = { ledger, judgement };
  ledgers.set(history, made);
  return made;
}

const ledgers = new WeakMap<History, JudgedLedger>();
