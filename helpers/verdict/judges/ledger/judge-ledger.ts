import type { Ledger } from '../../../workload/ledger/ledger.ts';
import { checksumOfRow, ledgerRowInto } from '../../../workload/ledger/row.ts';
import { Gathered, type Wrongs } from './gathered.ts';
import { KeyJudge } from './judge-key.ts';
import { keyHistories, type KeyHistory } from './key-history.ts';
import type { Lags, Rows, Wrong } from './wrong.ts';

export interface LedgerSettings {
  readonly seed: number;
  /**
   * ms after its acknowledgement by which a Bounded read must know a write: the server's own bound
   * (`common.gracefulTime`, 5 s by default) and some slack.
   */
  readonly boundedMs: number;
  /** ms after which an Eventually read must know it. */
  readonly eventuallyMs: number;
  /** Whether the history has its end. Without it, calls that were under way are not in it. */
  readonly complete: boolean;
  /** ms that a call may take: how long before its end a cut history may lack one. */
  readonly callTimeoutMs: number;
}

export interface LedgerJudgement {
  readonly wrongs: readonly Wrongs[];
  /** Writes of keys that were acknowledged. */
  readonly acked: number;
  /** Keys that were read, as often as they were. */
  readonly sightings: number;
  /** Keys that no read looked at after their last acknowledged write. */
  readonly unread: number;
}

/**
 * Judges every key of a ledger; in time and memory linear in its entries. The rules are those of `KeyJudge`.
 */
export function judgeLedger(ledger: Ledger, settings: LedgerSettings): LedgerJudgement {
  const judge = new KeyJudge(rowsOf(ledger, settings.seed), lagsOf(settings));
  const certainUntilUs = settings.complete
    ? Number.POSITIVE_INFINITY
    : ledger.lastUs - settings.callTimeoutMs * 1000;
  const gathered = new Gathered();
  let acked = 0;
  let sightings = 0;
  let unread = 0;
  for (const history of keyHistories(ledger)) {
    for (const write of history.writes) acked += Number(write.acked);
    sightings += history.reads.length;
    unread += Number(isUnread(history));
    for (const wrong of inOrder(judge.judge(history))) {
      gathered.add({ ...wrong, history }, wrong.read.returnedUs < certainUntilUs);
    }
  }
  return { wrongs: gathered.wrongs(), acked, sightings, unread };
}

function inOrder(wrongs: readonly Wrong[]): readonly Wrong[] {
  if (wrongs.length < 2) return wrongs;
  return wrongs.toSorted((left, right) => left.read.returnedUs - right.read.returnedUs);
}

function isUnread({ writes, reads }: KeyHistory): boolean {
  const lastUs = writes.findLast(({ acked }) => acked)?.returnedUs;
  return lastUs !== undefined && !reads.some(({ calledUs }) => calledUs > lastUs);
}

function lagsOf({ boundedMs, eventuallyMs }: LedgerSettings): Lags {
  return { bounded: boundedMs * 1000, eventually: eventuallyMs * 1000 };
}

/** Rows of a key are asked for one after another, and mostly of one generation: its checksum is kept. */
function rowsOf(ledger: Ledger, seed: number): Rows {
  const vector = new Float32Array(ledger.dimension);
  let known = { key: -1, generation: -1, checksum: 0 };
  return {
    generation: (row) => ledger.generationShown(row),
    isIntact: (key, row) => {
      const generation = ledger.generationShown(row);
      if (known.key !== key || known.generation !== generation) {
        const checksum = checksumOfRow(ledgerRowInto(vector, seed, key, generation));
        known = { key, generation, checksum };
      }
      return known.checksum === ledger.checksumShown(row);
    },
  };
}
