import { hash } from 'node:crypto';
import type { Cells } from './columns.ts';

/** Bytes of SHA-256 that a row adds to a checksum: sums of them stay apart for any set of rows that differ. */
const bytesPerRow = 8;
const modulus = 2n ** 64n;

/** A checksum over rows in any order: the sum, modulo 2^64, of each row's hash. */
export class SetChecksum {
  #sum = 0n;

  add(bytes: Uint8Array): void {
    const digest = hash('sha256', bytes, 'buffer');
    this.#sum = (this.#sum + digest.readBigUInt64LE(digest.length - bytesPerRow)) % modulus;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }
}

/** Puts the cells of a row one after another, each with its length, so that no two rows have the same bytes. */
export class RowBytes {
  #buffer = Buffer.allocUnsafe(4096);
  #length = 0;

  /** Valid until the next call. */
  of(columns: readonly Cells[], row: number): Uint8Array {
    this.#length = 0;
    for (const cells of columns) this.#add(cells(row));
    return this.#buffer.subarray(0, this.#length);
  }

  #add(cell: string | Uint8Array | undefined): void {
    if (cell === undefined) {
      this.#room(4);
      this.#length = this.#buffer.writeUInt32LE(0xffffffff, this.#length);
      return;
    }
    const size = typeof cell === 'string' ? Buffer.byteLength(cell) : cell.length;
    this.#room(4 + size);
    this.#length = this.#buffer.writeUInt32LE(size, this.#length);
    if (typeof cell === 'string') this.#buffer.write(cell, this.#length);
    else this.#buffer.set(cell, this.#length);
    this.#length += size;
  }

  #room(size: number): void {
    if (this.#length + size <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + size));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
