import { expect, test } from 'vitest';
import { parseQuantity } from './quantity.ts';

test.each([
  ['10Gi', 10 * 2 ** 30],
  ['500M', 5e8],
  ['1.5Ti', 1.5 * 2 ** 40],
  ['100m', 0.1],
  ['1e3', 1000],
  ['2E', 2e18],
  ['42', 42],
  ['ten', undefined],
  ['10 Gi', undefined],
  ['', undefined],
])('%s', (text, bytes) => {
  expect(parseQuantity(text)).toBe(bytes);
});
