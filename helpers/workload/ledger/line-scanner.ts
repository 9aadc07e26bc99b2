import { encode, isAt, type Literal } from './literal.ts';
import { type KeyList, levels, type LedgerCall, type RowShown, writeState } from './record.ts';

const parts = {
  id: encode('{"type":"operation","id":'),
  call: encode(',"call":"'),
  step: encode('","step":"'),
  collection: encode('","request":{"collection":"'),
  ledger: encode('","ledger":"'),
  keys: encode('","keys":['),
  client: encode(',"client":'),
  generation: encode(',"generation":'),
  level: encode(',"level":"'),
  endOfLevel: encode('"'),
  calledAt: encode('},"calledAt":'),
  returnedAt: encode(',"returnedAt":'),
  state: encode(',"outcome":{"state":"'),
  rows: encode('","value":{"rows":'),
} as const;
const named = <T extends string>(names: readonly T[]) =>
  names.map((name) => ({ name, literal: encode(name) }));
const kinds = named(['insert', 'upsert', 'delete', 'read']);
const states = named(['ok', 'fail', 'unknown']);
const levelNames = named(levels);

const [quote, comma, dot, backslash, open, close, zero, nine] = [
  0x22, 0x2c, 0x2e, 0x5c, 0x5b, 0x5d, 0x30, 0x39,
];

/**
 * Reads a line of a history that is a call of a ledger, written just as `HistoryFile` writes what `record.ts`
 * describes, in a fraction of the time that parsing takes. Undefined for every other line: that is for the parser.
 */
export class LineScanner {
  #bytes: Uint8Array = new Uint8Array();
  /** Of the same bytes. */
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  /** False once something is not as expected. */
  #isSure = true;

  scan(bytes: Uint8Array, from: number): LedgerCall | undefined {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.#at = from;
    this.#isSure = true;
    const call = this.#call();
    return this.#isSure ? call : undefined;
  }

  #call(): LedgerCall | undefined {
    this.#literal(parts.id);
    const id = this.#whole();
    this.#literal(parts.call);
    this.#skipText();
    this.#literal(parts.step);
    this.#skipText();
    this.#literal(parts.collection);
    this.#skipText();
    this.#literal(parts.ledger);
    const kind = this.#oneOf(kinds);
    this.#literal(parts.keys);
    const keys = this.#keys();
    this.#literal(parts.client);
    const client = this.#whole();
    if (!this.#isSure || kind === undefined) return undefined;
    if (kind === 'read') return this.#read(id, keys, client);
    let generation = 0;
    if (kind !== 'delete') {
      this.#literal(parts.generation);
      generation = this.#whole();
    }
    const [calledAt, returnedAt] = this.#times();
    const answered = this.#oneOf(states);
    if (answered === undefined) return undefined;
    let rows: number | undefined;
    if (answered === 'ok' && kind !== 'delete') {
      this.#literal(parts.rows);
      rows = this.#whole();
    }
    const state = kind === 'delete' ? answered : writeState(answered, keys, rows);
    return { kind, id, calledAt, returnedAt, keys, client, generation, state };
  }

  #read(id: number, keys: KeyList, client: number): LedgerCall | undefined {
    this.#literal(parts.level);
    const level = this.#oneOf(levelNames);
    this.#literal(parts.endOfLevel);
    const [calledAt, returnedAt] = this.#times();
    const answered = this.#oneOf(states);
    if (level === undefined || answered === undefined) return undefined;
    const read = { kind: 'read', id, calledAt, returnedAt, keys, client, level } as const;
    if (answered !== 'ok') return { ...read, rows: undefined };
    this.#literal(parts.rows);
    return { ...read, rows: this.#rows() };
  }

  #times(): readonly [number, number] {
    this.#literal(parts.calledAt);
    const calledAt = this.#milliseconds();
    this.#literal(parts.returnedAt);
    const returnedAt = this.#milliseconds();
    this.#literal(parts.state);
    return [calledAt, returnedAt];
  }

  /** The rest of a list after its bracket; in rising order, or it is not sure. */
  #keys(): KeyList {
    const keys: (number | readonly [number, number])[] = [];
    let last = -1;
    do {
      const isRange = this.#take(open);
      const from = this.#whole();
      const to = isRange && this.#take(comma) ? this.#whole() : from;
      if (isRange && !this.#take(close)) this.#isSure = false;
      if (from <= last || to < from) this.#isSure = false;
      keys.push(isRange ? [from, to] : from);
      last = to;
    } while (this.#isSure && this.#take(comma));
    if (!this.#take(close)) this.#isSure = false;
    return keys;
  }

  #rows(): RowShown[] {
    const rows: RowShown[] = [];
    if (!this.#take(open)) this.#isSure = false;
    while (this.#isSure && this.#take(open)) {
      const key = this.#whole();
      if (!this.#take(comma)) this.#isSure = false;
      const generation = this.#whole();
      if (!this.#take(comma)) this.#isSure = false;
      const checksum = this.#whole();
      if (!this.#take(close)) this.#isSure = false;
      rows.push([key, generation, checksum]);
      if (!this.#take(comma)) break;
    }
    if (!this.#take(close)) this.#isSure = false;
    return rows;
  }

  #literal(literal: Literal): void {
    if (!isAt(this.#view, this.#at, literal)) this.#isSure = false;
    this.#at += literal.bytes.length;
  }

  #oneOf<T extends string>(names: readonly { readonly name: T; readonly literal: Literal }[]): T | undefined {
    for (const { name, literal } of names) {
      const { bytes } = literal;
      if (this.#bytes[this.#at] === bytes[0] && this.#bytes[this.#at + bytes.length] === quote) {
        this.#literal(literal);
        return name;
      }
    }
    this.#isSure = false;
    return undefined;
  }

  #skipText(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    while (bytes[at] !== quote) {
      if (bytes[at] === backslash || bytes[at] === undefined) {
        this.#isSure = false;
        return;
      }
      at += 1;
    }
    this.#at = at;
  }

  #take(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }

  #whole(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let value = 0;
    for (let byte = bytes[at] ?? 0; byte >= zero && byte <= nine; byte = bytes[at] ?? 0) {
      value = value * 10 + byte - zero;
      at += 1;
    }
    if (at === this.#at || value > 0xffffffff) this.#isSure = false;
    this.#at = at;
    return value;
  }

  /** With up to three decimals, as `now` of a history gives it. */
  #milliseconds(): number {
    const whole = this.#whole();
    if (!this.#take(dot)) return whole;
    const start = this.#at;
    const digits = this.#whole();
    const places = this.#at - start;
    if (places > 3) this.#isSure = false;
    return (whole * 1000 + digits * 10 ** (3 - places)) / 1000;
  }
}
