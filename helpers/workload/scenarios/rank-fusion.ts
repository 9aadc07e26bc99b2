/** Constant of reciprocal rank fusion; Milvus takes the same where none is given. */
export const rankConstant = 60;

/**
 * Reciprocal rank fusion: each list gives the item at its nth place, from 1, `1 / (rankConstant + n)`, and an item has
 * the sum of what it was given. Source: Milvus, `internal/util/function/rerank/rrf_function.go`.
 */
export function fuse(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const list of lists) {
    for (const [place, key] of list.entries()) {
      scores.set(key, (scores.get(key) ?? 0) + 1 / (rankConstant + place + 1));
    }
  }
  return scores;
}
