import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { HistoryEnd, HistoryHeader, Operation, Stop } from './history.ts';

export type NewOperation = Omit<Operation, 'type' | 'id'>;

/** Where a workload writes what it did, on one monotonic clock. */
export interface Recorder {
  readonly header: HistoryHeader;
  /** ms since the start of the history. */
  now(): number;
  record(operation: NewOperation): void;
  /** The workload came to its end. Not called when it was cut short. */
  end(stopped?: Stop): void;
}

type NewHeader = Pick<HistoryHeader, 'workload' | 'seed' | 'collection' | 'scenarios'>;

/**
 * A history on disk. Each line is written before `record` returns: after SIGKILL the file holds every operation
 * that had returned.
 */
export class HistoryFile implements Recorder, AsyncDisposable {
  readonly header: HistoryHeader;
  readonly #file: string;
  readonly #descriptor: number;
  readonly #start: number;
  #operations = 0;
  #open = true;

  /** @throws the file system's error where the file exists or cannot be made */
  constructor(file: string, header: NewHeader) {
    this.#file = file;
    this.#descriptor = openSync(file, 'ax');
    this.#start = performance.now();
    this.header = { type: 'header', schemaVersion: 1, startedAt: new Date().toISOString(), ...header };
    this.#append(this.header);
  }

  now(): number {
    return Math.round((performance.now() - this.#start) * 1000) / 1000;
  }

  record(operation: NewOperation): void {
    this.#operations += 1;
    this.#append({ type: 'operation', id: this.#operations, ...operation });
  }

  end(stopped?: Stop): void {
    this.#append({ type: 'end', at: this.now(), ...(stopped === undefined ? {} : { stopped }) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }

  #append(line: HistoryHeader | Operation | HistoryEnd): void {
    if (!this.#open) throw new Error(`The history ${this.#file} is closed; nothing can be added to it.`);
    appendFileSync(this.#descriptor, `${JSON.stringify(line)}\n`);
  }
}
