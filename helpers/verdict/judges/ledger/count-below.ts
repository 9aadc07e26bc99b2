/** How many of the first `length` numbers, which are sorted, are below a value. */
export function countBelow(sorted: readonly number[], length: number, value: number): number {
  let low = 0;
  let high = length;
  if (high > 0 && (sorted[high - 1] ?? value) < value) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
