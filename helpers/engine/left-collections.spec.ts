import { expect, test } from 'vitest';
import { leftCollections } from './left-collections.ts';

const now = Date.UTC(2026, 10, 25, 12);

test('what a dead run made is left, and what is older than any run; a living run’s is not', () => {
  const names = [
    'mc_20261125_115900_3fa1_1_ledger',
    'mc_20261125_115900_3fa1_roundtrip',
    'mc_20261125_115800_77aa_roundtrip',
    'mc_20261123_100000_0001_2_still',
  ];
  expect(leftCollections(names, ['20261125-115900-3fa1'], now)).toEqual([names[0], names[1], names[3]]);
  expect(leftCollections(names, [], now)).toEqual([names[3]]);
});

test('a user’s collection is never among them, nor a canary that an upgrade waits for', () => {
  const names = [
    'mc_prices',
    'mc_2020',
    'orders',
    'mc_20251123_100000_0001_canary',
    'xmc_20251123_100000_0001_a',
  ];
  expect(leftCollections(names, ['20251123-100000-0001'], now)).toEqual([]);
});
