import type { Evidence } from '../../engine/context.ts';
import type { Observation } from '../../topology/observation.ts';
import { requireDurability } from '../../topology/require.ts';
import { understand } from '../../topology/understand.ts';

/** An observation, understood, as the judges get it. */
export function evidenceOf(
  observation: Observation,
  expectations: Partial<Evidence['expectations']> = {},
): Evidence {
  const topology = understand(observation);
  return {
    observation,
    topology,
    requirements: requireDurability(topology),
    expectations: { requireLogClaim: 'configuration', restartWindowMs: 600_000, ...expectations },
    history: undefined,
    experiments: [],
  };
}
