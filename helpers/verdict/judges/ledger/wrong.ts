import type { Read, Write } from './key-history.ts';

export type RowVerdict =
  | 'LOST'
  | 'PHANTOM'
  | 'DUPLICATE'
  | 'RESURRECTED'
  | 'ROLLED_BACK'
  | 'TORN'
  | 'STALE'
  | 'FLICKERING';

/** One read that showed one key wrong. */
export interface Wrong {
  readonly verdict: RowVerdict;
  readonly read: Read;
  /** The write whose effect it should have shown, or that it showed wrong. */
  readonly write: Write | undefined;
}

/** What is read from the ledger's rows, and what seed and key say of them. */
export interface Rows {
  readonly generation: (row: number) => number;
  /** Whether the values read are those of a write of that generation. */
  readonly isIntact: (key: number, row: number) => boolean;
}

/** µs after its acknowledgement by which a write must be seen. */
export interface Lags {
  readonly bounded: number;
  readonly eventually: number;
}

/** What a read showed, where that is right. */
export interface Shown {
  readonly what: Write | 'absent';
  /** When the write was called that made it so. */
  readonly calledUs: number;
  /** Up to when it may have been applied: it replaced no write that was called later. */
  readonly untilUs: number;
}

export interface Seen {
  readonly read: Read;
  readonly shown: Shown;
}

/** A read that missed a write that it had to know. */
export interface Missed {
  readonly read: Read;
  readonly floor: Write;
  /** What is wrong, if it stays so. */
  readonly lasting: 'LOST' | 'RESURRECTED' | 'ROLLED_BACK';
}
