import type { Neighbour } from '../oracle.ts';

/** The best `k` of many, best first; of equals the lower key. */
export class TopK {
  readonly #k: number;
  /** Ranks are compared lowest first: a similarity's is its negative. */
  readonly #sign: 1 | -1;
  readonly #keys: number[] = [];
  readonly #ranks: number[] = [];
  #worst = Number.POSITIVE_INFINITY;

  constructor(k: number, best: 'lowest' | 'highest') {
    this.#k = k;
    this.#sign = best === 'lowest' ? 1 : -1;
    if (k === 0) this.#worst = Number.NEGATIVE_INFINITY;
  }

  offer(key: number, distance: number): void {
    const rank = this.#sign * distance;
    if (rank > this.#worst) return;
    let place = this.#ranks.length;
    while (place > 0 && this.#isBetter(rank, key, place - 1)) place -= 1;
    if (place >= this.#k) return;
    this.#ranks.splice(place, 0, rank);
    this.#keys.splice(place, 0, key);
    if (this.#ranks.length > this.#k) {
      this.#ranks.pop();
      this.#keys.pop();
    }
    if (this.#ranks.length === this.#k) this.#worst = this.#ranks[this.#k - 1] ?? this.#worst;
  }

  neighbours(): readonly Neighbour[] {
    // Plus 0, which makes 0 of -0.
    return this.#keys.map((key, place) => ({ key, distance: this.#sign * (this.#ranks[place] ?? 0) + 0 }));
  }

  #isBetter(rank: number, key: number, place: number): boolean {
    const other = this.#ranks[place] ?? 0;
    return rank < other || (rank === other && key < (this.#keys[place] ?? 0));
  }
}
