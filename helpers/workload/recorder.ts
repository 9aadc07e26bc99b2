import type { Happening, HistoryHeader, Operation, Stop } from './history.ts';

export type NewOperation = Omit<Operation, 'type' | 'id'>;

/** Where a workload writes what it did, on one monotonic clock. */
export interface Recorder {
  readonly header: HistoryHeader;
  /** ms since the start of the history. */
  now(): number;
  record(operation: NewOperation): void;
  /** Something happened now. */
  note(happening: Happening): void;
  /** The workload came to its end. Not called when it was cut short. */
  end(stopped?: Stop): void;
}
