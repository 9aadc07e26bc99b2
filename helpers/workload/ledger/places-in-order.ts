const digits = 1 << 16;

/**
 * The places from 0 to `count - 1` in the order of their keys, which are of 32 bits; places of the same key stay in
 * their order. A radix sort by the lower and then the upper half: time and memory linear, and the keys, which lie
 * anywhere once the first pass is done, are looked up in the first only.
 */
export function placesInOrder(count: number, keyOf: (place: number) => number): Uint32Array {
  const lower = new Uint32Array(digits);
  const upper = new Uint32Array(digits);
  for (let place = 0; place < count; place += 1) {
    const key = keyOf(place);
    lower[key & 0xffff] = (lower[key & 0xffff] ?? 0) + 1;
    upper[key >>> 16] = (upper[key >>> 16] ?? 0) + 1;
  }
  countsToStarts(lower);
  countsToStarts(upper);
  const byLower = new Uint32Array(count);
  const upperHalves = new Uint16Array(count);
  for (let place = 0; place < count; place += 1) {
    const key = keyOf(place);
    const at = take(lower, key & 0xffff);
    byLower[at] = place;
    upperHalves[at] = key >>> 16;
  }
  const sorted = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) sorted[take(upper, upperHalves[at] ?? 0)] = byLower[at] ?? 0;
  return sorted;
}

function countsToStarts(counts: Uint32Array): void {
  let sum = 0;
  for (let digit = 0; digit < digits; digit += 1) {
    const count = counts[digit] ?? 0;
    counts[digit] = sum;
    sum += count;
  }
}

function take(starts: Uint32Array, digit: number): number {
  const start = starts[digit] ?? 0;
  starts[digit] = start + 1;
  return start;
}
