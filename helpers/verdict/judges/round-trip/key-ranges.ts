const shown = 12;

/** Sorted keys as a reader wants them: `3, 7-9, 12`; after a dozen ranges, how many keys are left. */
export function keyRanges(keys: Iterable<number>): string {
  const ranges: { first: number; last: number }[] = [];
  const sorted = [...keys].toSorted((left, right) => left - right);
  for (const key of sorted) {
    const range = ranges.at(-1);
    if (range !== undefined && key <= range.last + 1) range.last = key;
    else ranges.push({ first: key, last: key });
  }
  const texts = ranges
    .slice(0, shown)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  const rest = ranges.slice(shown).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return rest === 0 ? texts.join(', ') : `${texts.join(', ')} and ${rest} more`;
}

/** `1 row`, `300 rows`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
