import type { History } from '../../workload/history.ts';
import { StillOracle } from '../../workload/load/still-oracle.ts';
import type { LoadRun } from '../experiment.ts';

/** What is right of the still rows of an experiment. Made once for each history. */
export function oracleOf({ plan, history }: LoadRun): StillOracle {
  const known = oracles.get(history);
  if (known !== undefined) return known;
  const oracle = new StillOracle(plan.load);
  oracles.set(history, oracle);
  return oracle;
}

const oracles = new WeakMap<History, StillOracle>();
