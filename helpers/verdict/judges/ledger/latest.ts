import { countBelow } from './count-below.ts';

/**
 * Items in rising order, each with a rank; answers which of those before a point ranks highest. Adding takes constant
 * time, asking the logarithm. Made to be cleared and filled again for the next key: its arrays keep their length.
 */
export class Latest<T> {
  readonly #orders: number[] = [];
  /** Of all items up to this place, the highest rank and its item. */
  readonly #ranks: number[] = [];
  readonly #items: T[] = [];
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  /** `order` must not be below that of the item before. */
  add(order: number, rank: number, item: T): void {
    const place = this.#length;
    const highest = place === 0 ? Number.NEGATIVE_INFINITY : (this.#ranks[place - 1] ?? 0);
    const last = this.#items[place - 1];
    const stays = place > 0 && last !== undefined && rank < highest;
    this.#orders[place] = order;
    this.#ranks[place] = stays ? highest : rank;
    this.#items[place] = stays ? last : item;
    this.#length += 1;
  }

  /** Of the items whose order is below `order`, the one of the highest rank. */
  before(order: number): T | undefined {
    const count = countBelow(this.#orders, this.#length, order);
    return count === 0 ? undefined : this.#items[count - 1];
  }

  rankBefore(order: number): number {
    const count = countBelow(this.#orders, this.#length, order);
    return count === 0 ? Number.NEGATIVE_INFINITY : (this.#ranks[count - 1] ?? 0);
  }
}
