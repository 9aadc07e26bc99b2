import type { RowVerdict, Wrong } from './wrong.ts';
import type { KeyHistory } from './key-history.ts';

/** What one read of one key showed wrong. */
export interface Example extends Wrong {
  readonly history: KeyHistory;
}

/** All keys of one verdict. */
export interface Wrongs {
  readonly verdict: RowVerdict;
  /** False where a call that a cut history lacks could explain them. */
  readonly certain: boolean;
  readonly keyCount: number;
  /** In rising order; of very many the first. */
  readonly keys: readonly number[];
  /** The first. */
  readonly examples: readonly Example[];
}

const mostKeys = 10_000;
const mostExamples = 3;

interface Pile {
  keyCount: number;
  lastKey: number;
  readonly keys: number[];
  readonly examples: Example[];
}

/** What is wrong, by verdict; bounded, however much is wrong. Keys come in rising order, their reads too. */
export class Gathered {
  readonly #piles = new Map<RowVerdict, { readonly certain: Pile; readonly uncertain: Pile }>();

  add(example: Example, certain: boolean): void {
    const { verdict, history } = example;
    const piles = this.#piles.get(verdict) ?? { certain: emptyPile(), uncertain: emptyPile() };
    this.#piles.set(verdict, piles);
    const pile = certain ? piles.certain : piles.uncertain;
    if (piles.certain.lastKey === history.key || pile.lastKey === history.key) return;
    pile.lastKey = history.key;
    pile.keyCount += 1;
    if (pile.keys.length < mostKeys) pile.keys.push(history.key);
    if (pile.examples.length < mostExamples) pile.examples.push(example);
  }

  wrongs(): readonly Wrongs[] {
    return [...this.#piles].flatMap(([verdict, { certain, uncertain }]) =>
      [
        { verdict, certain: true, ...certain },
        { verdict, certain: false, ...uncertain },
      ].filter(({ keyCount }) => keyCount > 0),
    );
  }
}

function emptyPile(): Pile {
  return { keyCount: 0, lastKey: -1, keys: [], examples: [] };
}
