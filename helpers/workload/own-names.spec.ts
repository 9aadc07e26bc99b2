import { expect, test } from 'vitest';
import { ownPrefix, runBegan } from './own-names.ts';

test('a name tells which run made it, and when that run began', () => {
  expect(ownPrefix('20261125-101500-3fa1')).toBe('mc_20261125_101500_3fa1');
  expect(runBegan(`${ownPrefix('20261125-101500-3fa1')}_canary`)).toBe(Date.UTC(2026, 10, 25, 10, 15));
});

test('a user’s name is of no run, however much it looks like one', () => {
  for (const name of ['orders', 'mc_2020', 'mc_20261125_101500_3fa1', 'xmc_20261125_101500_3fa1_a']) {
    expect(runBegan(name)).toBeUndefined();
  }
});
