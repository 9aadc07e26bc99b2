import { isRecord } from './json.ts';

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** What a list says beside its items. */
export interface ListEnd {
  /** Token of the next page; empty on the last one. */
  readonly next: string;
  /** `resourceVersion` of the list: a watch from it misses nothing. */
  readonly version: string;
}

/**
 * Takes the items out of a list's JSON one by one while its bytes arrive, so that a page of many megabytes is never in
 * memory as a whole, neither as text nor as objects.
 *
 * It looks only for where values begin and end: each item, and what is left of the list without its items, is parsed
 * by JSON.parse. The list's items are the one array among its members.
 */
export class ListItems {
  readonly #take: (item: unknown) => void;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #inItems = false;
  #foundItems = false;
  /** Bytes of the current item, or of what is around the items, from earlier chunks. */
  #item: Buffer[] = [];
  #around: Buffer[] = [];

  constructor(take: (item: unknown) => void) {
    this.#take = take;
  }

  /** @throws SyntaxError when an item is not JSON */
  write(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inText = false;
      } else if (byte === quote) {
        this.#inText = true;
      } else if (byte === openBrace || byte === openBracket) {
        this.#depth += 1;
        if (this.#depth === 2 && byte === openBracket) {
          this.#around.push(Buffer.from(chunk.subarray(from, at + 1)));
          this.#inItems = this.#foundItems = true;
        } else if (this.#depth === 3 && this.#inItems) {
          from = at;
        }
      } else if (byte === closeBrace || byte === closeBracket) {
        this.#depth -= 1;
        if (this.#depth === 2 && this.#inItems) {
          this.#finishItem(chunk.subarray(from, at + 1));
        } else if (this.#depth === 1 && this.#inItems) {
          this.#inItems = false;
          from = at;
        }
      }
    }
    // Between the items stand only commas, which nobody needs.
    if (!this.#inItems) this.#around.push(Buffer.from(chunk.subarray(from)));
    else if (this.#depth > 2) this.#item.push(chunk.subarray(from));
  }

  /** @throws SyntaxError when the list was cut short or is not JSON; undefined when it is JSON, but no list */
  end(): ListEnd | undefined {
    const list: unknown = JSON.parse(Buffer.concat(this.#around).toString('utf8'));
    if (!isRecord(list) || !(this.#foundItems || list['items'] === null)) return undefined;
    const metadata = isRecord(list['metadata']) ? list['metadata'] : {};
    return { next: textOf(metadata['continue']), version: textOf(metadata['resourceVersion']) };
  }

  #finishItem(last: Buffer): void {
    const bytes = this.#item.length === 0 ? last : Buffer.concat([...this.#item, last]);
    this.#item = [];
    this.#take(JSON.parse(bytes.toString('utf8')));
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
