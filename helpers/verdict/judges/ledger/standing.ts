import type { Write } from './key-history.ts';

/** What may be under a key: whether nothing, and which rows. Where only one of them may be, it must. */
export interface Standing {
  readonly absent: boolean;
  readonly generations: readonly number[];
}

/**
 * What may be there for a reader who must know the writes that were acknowledged before `knownUs`, and can know of
 * those that were called by `untilUs`. Of two writes, one certainly replaced the other if it was called after the
 * other had returned.
 */
export function standingAt(writes: readonly Write[], knownUs: number, untilUs: number): Standing {
  const known = writes.filter(({ acked, returnedUs }) => acked && returnedUs < knownUs);
  const floorUs = Math.max(...known.map(({ calledUs }) => calledUs), Number.NEGATIVE_INFINITY);
  const possible = writes.filter(({ calledUs, returnedUs }) => calledUs <= untilUs && returnedUs >= floorUs);
  return {
    absent: known.length === 0 || possible.some(({ kind }) => kind === 'delete'),
    generations: possible.filter(({ kind }) => kind !== 'delete').map(({ generation }) => generation),
  };
}

/** For example `generation 3, or nothing`. */
export function standingText({ absent, generations }: Standing): string {
  const rows = generations.length === 0 ? [] : [`generation ${generations.join(' or ')}`];
  return [...rows, ...(absent ? ['nothing'] : [])].join(', or ');
}
