import { setTimeout as sleep } from 'node:timers/promises';

/** Keeps reading under a number of rows a second, over all that read at once. */
export class Pace {
  readonly #rowsPerSecond: number;
  readonly #signal: AbortSignal;
  #rows = 0;
  /** When the next rows may be asked for; ms. */
  #next = 0;

  constructor(rowsPerSecond: number, signal: AbortSignal) {
    this.#rowsPerSecond = rowsPerSecond;
    this.#signal = signal;
  }

  /** Rows read so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Says that so many rows came, and waits until more may be asked for. Rejects with the signal's reason. */
  async took(rows: number): Promise<void> {
    this.#rows += rows;
    const now = performance.now();
    this.#next = Math.max(this.#next, now) + (rows * 1000) / this.#rowsPerSecond;
    const wait = this.#next - now;
    if (wait > 1) await sleep(wait, undefined, { signal: this.#signal });
  }
}
