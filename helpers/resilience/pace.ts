/** How long an experiment takes its time, in ms. */
export interface Pace {
  /** Everything is right for this long before the fault. */
  readonly steadyMs: number;
  readonly steadyBudgetMs: number;
  /** Everything stays right for this long after it. */
  readonly quietMs: number;
  /** From the end of the fault until everything is right. */
  readonly recoveryBudgetMs: number;
  /** Whether a budget of the scenario that is longer is waited for all the same. */
  readonly waitsForBudgets: boolean;
}

/**
 * On a real cluster wrong answers were seen 41 s after a kill and 20 s after right ones; the chart's pods are Ready 90 s
 * after their start, and the end of that is waited for. The embedded cluster does everything in seconds.
 */
export const paces = {
  cluster: {
    steadyMs: 5000,
    steadyBudgetMs: 120_000,
    quietMs: 20_000,
    recoveryBudgetMs: 300_000,
    waitsForBudgets: true,
  },
  embedded: {
    steadyMs: 1500,
    steadyBudgetMs: 30_000,
    quietMs: 3000,
    recoveryBudgetMs: 30_000,
    waitsForBudgets: false,
  },
} as const satisfies Record<string, Pace>;
