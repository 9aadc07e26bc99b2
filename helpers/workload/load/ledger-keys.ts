import type { WriteCall } from '../ledger/record.ts';
import { upsertedAgain } from './pace.ts';

/** What is known of a key; bits of one number. */
const facts = {
  /** Its last acknowledged write was an insert or an upsert. */
  present: 1,
  /** Of these calls at least one is unknown: it may be applied at any time after. */
  unknownInsert: 2,
  unknownUpsert: 4,
  unknownDelete: 8,
  /** Waits to be deleted. */
  queued: 16,
} as const;

/** So many of the last keys written are read again and again. */
const latestKept = 200;

/** Draws a whole number of 32 bits. */
type Draw = () => number;

/**
 * The keys of a load's ledger: which were written, what may stand under them, and which of them a next call takes. No
 * key is in two writes at once, so that the order of its writes is known. Keys count from 0 without a gap.
 */
export class LedgerKeys {
  readonly #facts: number[] = [];
  /** Taken by a write that has not returned. */
  readonly #busy = new Set<number>();
  #generation = 0;
  /** Of inserts of which it is unknown whether they were applied: they are repeated as upserts. */
  readonly #unsettled: number[] = [];
  /** The oldest first. */
  readonly #deletable: number[] = [];
  readonly #latest: number[] = [];

  /** Every key below it may have been written. */
  get end(): number {
    return this.#facts.length;
  }

  /** Of the next write: each write of a key has one of its own. */
  nextGeneration(): number {
    this.#generation += 1;
    return this.#generation;
  }

  /** For an insert. */
  takeFresh(count: number): readonly number[] {
    const keys = Array.from({ length: count }, (_, index) => this.end + index);
    for (const key of keys) {
      this.#facts[key] = 0;
      this.#busy.add(key);
    }
    return keys;
  }

  /** For an upsert: unsettled inserts, keys that are upserted again and again, and others, a third each. */
  takeToUpsert(count: number, draw: Draw): readonly number[] {
    const sources = [
      () => this.#unsettled.shift() ?? draw() % Math.min(upsertedAgain, this.end),
      () => draw() % Math.min(upsertedAgain, this.end),
      () => draw() % this.end,
    ];
    return this.#take(count, (place) => sources[place % sources.length]?.());
  }

  /** For a delete: the oldest that are there; where none is left, any other. */
  takeToDelete(count: number, draw: Draw): readonly number[] {
    return this.#take(count, () => {
      const oldest = this.#deletable.shift();
      if (oldest === undefined) return upsertedAgain + (draw() % Math.max(1, this.end - upsertedAgain));
      this.#facts[oldest] = this.#of(oldest) & ~facts.queued;
      return oldest;
    });
  }

  /** For a read: half of them written lately, the others at any time. */
  toRead(count: number, draw: Draw): readonly number[] {
    const keys = new Set<number>();
    for (let place = 0; place < count && this.end > 0; place += 1) {
      const latest = this.#latest[draw() % Math.max(1, this.#latest.length)];
      keys.add(place % 2 === 0 && latest !== undefined ? latest : draw() % this.end);
    }
    return [...keys];
  }

  /** A write has returned. Given all writes of a history, in its order, it knows what the run that wrote it knew. */
  learn({ kind, keys, generation, state }: Pick<WriteCall, 'kind' | 'keys' | 'generation' | 'state'>): void {
    this.#generation = Math.max(this.#generation, generation);
    for (const item of keys) {
      const [from, to] = typeof item === 'number' ? [item, item] : item;
      while (this.end <= to) this.#facts.push(0);
      for (let key = from; key <= to; key += 1) {
        this.#busy.delete(key);
        if (state === 'ok') this.#written(key, kind);
        else if (state === 'unknown') this.#maybeWritten(key, kind);
        if (state === 'fail' && kind === 'delete') this.#queue(key);
      }
    }
  }

  /** How many rows a count must show, where no write is under way. An insert that comes late adds a row. */
  rows(): { readonly atLeast: number; readonly atMost: number } {
    let atLeast = 0;
    let atMost = 0;
    for (const known of this.#facts) {
      if ((known & facts.present) !== 0 && (known & facts.unknownDelete) === 0) atLeast += 1;
      if ((known & (facts.present | facts.unknownUpsert)) !== 0) atMost += 1;
      if ((known & facts.unknownInsert) !== 0) atMost += 1;
    }
    return { atLeast, atMost };
  }

  #written(key: number, kind: WriteCall['kind']): void {
    this.#facts[key] = kind === 'delete' ? this.#of(key) & ~facts.present : this.#of(key) | facts.present;
    if (kind !== 'delete') this.#queue(key);
    this.#latest.push(key);
    if (this.#latest.length > latestKept) this.#latest.shift();
  }

  #maybeWritten(key: number, kind: WriteCall['kind']): void {
    const unknown = { insert: facts.unknownInsert, upsert: facts.unknownUpsert, delete: facts.unknownDelete };
    this.#facts[key] = this.#of(key) | unknown[kind];
    if (kind === 'insert') this.#unsettled.push(key);
    if (kind === 'delete') this.#queue(key);
  }

  #queue(key: number): void {
    if (key < upsertedAgain || (this.#of(key) & facts.queued) !== 0) return;
    this.#facts[key] = this.#of(key) | facts.queued;
    this.#deletable.push(key);
  }

  #of(key: number): number {
    return this.#facts[key] ?? 0;
  }

  /** So many different keys that no other write has; fewer where they are hard to find. */
  #take(count: number, choose: (place: number) => number | undefined): readonly number[] {
    const keys: number[] = [];
    for (let tries = 0; keys.length < count && tries < count * 4 && this.end > 0; tries += 1) {
      const key = choose(keys.length);
      if (key === undefined || key >= this.end || this.#busy.has(key)) continue;
      this.#busy.add(key);
      keys.push(key);
    }
    return keys;
  }
}
