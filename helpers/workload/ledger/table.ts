const bitsOfChunk = 16;
const recordsOfChunk = 1 << bitsOfChunk;
const place = recordsOfChunk - 1;

/**
 * Records of some 32-bit words each. Grows without being copied, since a copy of ten million would be twice the
 * memory; and the words of a record lie side by side, since each jump to another place in memory costs more than the
 * judging.
 */
export class Table {
  readonly #width: number;
  readonly #chunks: Uint32Array[] = [];
  #length = 0;

  constructor(width: number) {
    this.#width = width;
  }

  get length(): number {
    return this.#length;
  }

  /** A new record of zeros; gives its place. */
  append(): number {
    if ((this.#length & place) === 0) this.#chunks.push(new Uint32Array(recordsOfChunk * this.#width));
    this.#length += 1;
    return this.#length - 1;
  }

  /** NaN beyond the end. */
  get(record: number, word: number): number {
    return this.#chunks[record >>> bitsOfChunk]?.[(record & place) * this.#width + word] ?? Number.NaN;
  }

  set(record: number, word: number, value: number): void {
    const chunk = this.#chunks[record >>> bitsOfChunk];
    if (chunk !== undefined) chunk[(record & place) * this.#width + word] = value;
  }
}
