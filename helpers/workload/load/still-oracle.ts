import { nearest, type Neighbour, squaredDistance } from '../oracle.ts';
import { checksumOfRow, ledgerRowInto } from '../ledger/row.ts';
import type { LoadPlan } from './contract.ts';

/** What is right of the still rows. Computed when first asked for, and kept. */
export class StillOracle {
  readonly #plan: LoadPlan;
  readonly #vectors: Float32Array;
  readonly #checksums: Uint32Array;
  readonly #nearest = new Map<string, readonly Neighbour[]>();

  constructor(plan: LoadPlan) {
    const { seed, dimension, stillRows } = plan;
    this.#plan = plan;
    this.#vectors = new Float32Array(stillRows * dimension);
    this.#checksums = new Uint32Array(stillRows);
    for (let key = 0; key < stillRows; key += 1) {
      this.#checksums[key] = checksumOfRow(ledgerRowInto(this.vector(key), seed, key, 0));
    }
  }

  isKey(key: number): boolean {
    return Number.isInteger(key) && key >= 0 && key < this.#plan.stillRows;
  }

  /** Of a still row; not to be changed. */
  vector(key: number): Float32Array {
    const { dimension } = this.#plan;
    return this.#vectors.subarray(key * dimension, (key + 1) * dimension);
  }

  checksum(key: number): number | undefined {
    return this.#checksums[key];
  }

  /** Squared distance of two still rows. */
  distance(query: number, key: number): number {
    return squaredDistance(this.#vectors, key * this.#plan.dimension, this.vector(query));
  }

  /** The `k` still rows nearest to one of them, which is the first. */
  nearest(query: number, k: number): readonly Neighbour[] {
    const asked = `${query} ${k}`;
    const known = this.#nearest.get(asked);
    if (known !== undefined) return known;
    const { dimension, stillRows } = this.#plan;
    const keys = Uint32Array.from({ length: stillRows }, (_, key) => key);
    const found = nearest({ dimension, keys, vectors: this.#vectors }, this.vector(query), k);
    this.#nearest.set(asked, found);
    return found;
  }
}
