import { countBelow } from './count-below.ts';

/**
 * What the Strong reads of one key showed, in the order of their returns. A row is of one write, so one that was
 * seen, was replaced, and is seen again did not stand still: no order of the writes explains it.
 */
export class Sightings<T> {
  readonly #returnedUs: number[] = [];
  /** Of all reads up to a place: the latest call, what that read showed, and the latest call that showed another. */
  readonly #latest: { readonly calledUs: number; readonly shown: T; readonly otherUs: number }[] = [];
  readonly #firstSeenUs = new Map<T, number>();

  clear(): void {
    if (this.#returnedUs.length === 0) return;
    this.#returnedUs.length = 0;
    this.#latest.length = 0;
    this.#firstSeenUs.clear();
  }

  add(calledUs: number, returnedUs: number, shown: T): void {
    const last = this.#latest.at(-1);
    this.#returnedUs.push(returnedUs);
    if (!this.#firstSeenUs.has(shown)) this.#firstSeenUs.set(shown, returnedUs);
    if (last === undefined) {
      this.#latest.push({ calledUs, shown, otherUs: Number.NEGATIVE_INFINITY });
    } else if (last.shown === shown) {
      this.#latest.push({ ...last, calledUs: Math.max(calledUs, last.calledUs) });
    } else if (calledUs > last.calledUs) {
      this.#latest.push({ calledUs, shown, otherUs: last.calledUs });
    } else {
      this.#latest.push({ ...last, otherUs: Math.max(calledUs, last.otherUs) });
    }
  }

  /** Whether it was seen, and something else by a later read, before a read that was called now. */
  wasReplaced(shown: T, calledUs: number): boolean {
    const firstUs = this.#firstSeenUs.get(shown);
    if (firstUs === undefined) return false;
    const latest = this.#latest[countBelow(this.#returnedUs, this.#returnedUs.length, calledUs) - 1];
    if (latest === undefined) return false;
    return (latest.shown === shown ? latest.otherUs : latest.calledUs) > firstUs;
  }
}
