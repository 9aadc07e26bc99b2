import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Happening, HistoryEnd, HistoryEvent, HistoryHeader, Operation, Stop } from './history.ts';
import type { NewOperation, Recorder } from './recorder.ts';

type NewHeader = Pick<HistoryHeader, 'workload' | 'seed' | 'collection' | 'scenarios'>;

/** ms that a line may wait for its write. */
const longestWaitMs = 200;
/** Characters that may wait; more are written at once. */
const batchLength = 64 * 1024;

/**
 * A history on disk. Lines are written in batches, each whole, at most 0.2 s after `record`: a write for each costs
 * more than the call it tells of, once thousands a second are made. After SIGKILL the file holds all but the last
 * batch; the header and the end are written at once.
 */
export class HistoryFile implements Recorder, AsyncDisposable {
  readonly header: HistoryHeader;
  readonly #file: string;
  readonly #descriptor: number;
  readonly #start: number;
  #operations = 0;
  #open = true;
  #waiting = '';
  #flushTimer: NodeJS.Timeout | undefined;
  /** Of a write that no caller of `record` waited for. */
  #failure: unknown;

  /** @throws the file system's error where the file exists or cannot be made */
  constructor(file: string, header: NewHeader) {
    this.#file = file;
    this.#descriptor = openSync(file, 'ax');
    this.#start = performance.now();
    this.header = { type: 'header', schemaVersion: 1, startedAt: new Date().toISOString(), ...header };
    this.#append(this.header);
    this.#flush();
  }

  now(): number {
    return Math.round((performance.now() - this.#start) * 1000) / 1000;
  }

  /** @throws the file system's error where this or an earlier batch could not be written */
  record(operation: NewOperation): void {
    this.#operations += 1;
    this.#append({ type: 'operation', id: this.#operations, ...operation });
  }

  /** @throws the file system's error where this or an earlier batch could not be written */
  note(happening: Happening): void {
    this.#append({ type: 'event', at: this.now(), happening });
  }

  end(stopped?: Stop): void {
    this.#append({ type: 'end', at: this.now(), ...(stopped === undefined ? {} : { stopped }) });
    this.#flush();
  }

  /** @throws the file system's error where a batch could not be written */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#throwFailure();
      this.#flush();
      fsyncSync(this.#descriptor);
    } finally {
      closeSync(this.#descriptor);
    }
  }

  #append(line: HistoryHeader | Operation | HistoryEvent | HistoryEnd): void {
    if (!this.#open) throw new Error(`The history ${this.#file} is closed; nothing can be added to it.`);
    this.#throwFailure();
    this.#waiting += `${JSON.stringify(line)}\n`;
    if (this.#waiting.length >= batchLength) this.#flush();
    else this.#flushTimer ??= setTimeout(() => this.#flushLater(), longestWaitMs);
  }

  #flushLater(): void {
    try {
      this.#flush();
    } catch (error) {
      this.#failure = error;
    }
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = '';
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.#descriptor, bytes, written);
    }
  }

  #throwFailure(): void {
    if (this.#failure === undefined) return;
    throw new Error(`The history ${this.#file} cannot be written; look at its disk.`, {
      cause: this.#failure,
    });
  }
}
