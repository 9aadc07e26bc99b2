import type { LoadPlan } from '../../workload/load/contract.ts';

/** When what happens in a hand-made experiment; ms of its history. */
export const moments = { loadAt: 1000, faultAt: 3000, verifyAt: 9000, dropAt: 9500 } as const;

/** ms between two calls of a probe, and what a call takes. */
export const everyMs = 100;
export const callMs = 2;

/** Small enough to be made hundreds of times in a test. */
export const smallLoad: LoadPlan = {
  seed: 11,
  level: 'light',
  dimension: 4,
  stillRows: 30,
  flushedRows: 20,
  k: 5,
  callTimeoutMs: 500,
  collections: { still: 'mc_1_still', ledger: 'mc_1_ledger', scratch: 'mc_1_scratch' },
};
