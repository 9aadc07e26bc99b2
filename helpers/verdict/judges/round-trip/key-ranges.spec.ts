import { expect, test } from 'vitest';
import { countOf, keyRanges } from './key-ranges.ts';

test('keys as ranges, and how many are not shown', () => {
  expect(keyRanges([])).toBe('');
  expect(keyRanges([9, 3, 7, 8])).toBe('3, 7-9');
  expect(keyRanges([5, 5, 6])).toBe('5-6');
  expect(keyRanges(Array.from({ length: 15 }, (_, index) => index * 10))).toBe(
    '0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110 and 3 more',
  );
});

test('counts with their noun', () => {
  expect([countOf(1, 'row'), countOf(0, 'row'), countOf(2, 'search', 'searches')]).toEqual([
    '1 row',
    '0 rows',
    '2 searches',
  ]);
});
