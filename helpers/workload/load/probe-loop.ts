import { mayCall } from './pace.ts';

/**
 * Calls again and again, each on its tick, whether the calls before have returned or not: a server that hangs is
 * asked all the same, only less often (`mayCall`), and its return is seen.
 */
export class ProbeLoop {
  readonly #call: () => Promise<unknown> | undefined;
  /** Each call under way, with the time of its beginning. */
  readonly #underWay = new Map<Promise<void>, number>();
  #lastAt = Number.NEGATIVE_INFINITY;
  #start: NodeJS.Timeout | undefined;
  #ticks: NodeJS.Timeout | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** `call` gives undefined where there is nothing to do. `startAfterMs` keeps the probes out of step. */
  constructor(
    call: () => Promise<unknown> | undefined,
    { everyMs, startAfterMs }: { everyMs: number; startAfterMs: number },
  ) {
    this.#call = call;
    this.#start = setTimeout(() => {
      this.#ticks = setInterval(() => this.#tick(), everyMs);
      this.#tick();
    }, startAfterMs);
  }

  /** Age of the oldest call under way, in ms. */
  get unansweredMs(): number {
    const [oldest] = this.#underWay.values();
    return oldest === undefined ? 0 : performance.now() - oldest;
  }

  /** No more calls. */
  halt(): void {
    clearTimeout(this.#start);
    clearInterval(this.#ticks);
  }

  /**
   * Resolves when the calls under way have returned.
   *
   * @throws what a call threw: no server did that
   */
  async stop(): Promise<void> {
    this.halt();
    await Promise.all(this.#underWay.keys());
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #tick(): void {
    const now = performance.now();
    if (!mayCall(this.#underWay.size, now - this.#lastAt)) return;
    this.#lastAt = now;
    const called = this.#begin();
    this.#underWay.set(called, now);
    void called.then(() => this.#underWay.delete(called));
  }

  async #begin(): Promise<void> {
    try {
      await this.#call();
    } catch (error) {
      this.#failure ??= { error };
      this.halt();
    }
  }
}
