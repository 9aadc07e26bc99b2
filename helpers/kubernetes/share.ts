import { isRecord } from './json.ts';

/** Entries after which the memory begins anew, so that values that never repeat do not pile up. */
const mostEntries = 20_000;
/** Longer texts rarely repeat, and looking them up costs more than it saves. */
const longestText = 256;

/**
 * Makes one value of equal ones: the replicas of a workload say the same many times over. A namespace of 10,000 pods
 * takes a fraction of the memory, and a reader sees no difference, since an observation is read-only.
 */
export class Sharing {
  readonly #texts = new Map<string, string>();
  readonly #objects = new Map<string, unknown>();

  /** The value itself, its repeated parts replaced by the first of their kind. */
  share<T>(value: T): T {
    return this.#share(value) as T;
  }

  #share(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.#share(item));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value);
    if (entries.every(([, inner]) => typeof inner !== 'object')) return this.#flat(value);
    const copy: Record<string, unknown> = {};
    for (const [name, inner] of entries) copy[name] = this.#share(inner);
    return copy;
  }

  #text(text: string): string {
    if (text.length > longestText) return text;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= mostEntries) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }

  #flat(value: Readonly<Record<string, unknown>>): unknown {
    const key = JSON.stringify(value);
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    if (this.#objects.size >= mostEntries) this.#objects.clear();
    this.#objects.set(key, value);
    return value;
  }
}
