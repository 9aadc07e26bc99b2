import { z } from 'zod';
import type { Connection } from '../kubernetes/connection.ts';
import { ApiError } from '../kubernetes/errors.ts';
import type { Topology } from '../topology/model.ts';
import { matches } from '../topology/selectors.ts';
import type { BudgetFacts } from './snapshot-deployment.ts';

const texts = z.record(z.string(), z.string());
const budgetList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({
        selector: z
          .object({
            matchLabels: texts.exactOptional(),
            matchExpressions: z
              .array(
                z.object({
                  key: z.string(),
                  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
                  values: z.array(z.string()).exactOptional(),
                }),
              )
              .exactOptional(),
          })
          .default({}),
      }),
    }),
  ),
});

/**
 * Disruption budgets of the namespace, with the components that they protect. That they may not be listed is told, and
 * is no error.
 * @throws EnvironmentError
 */
export async function readBudgets(
  connection: Connection,
  { instance, components }: Pick<Topology, 'instance' | 'components'>,
  signal: AbortSignal,
): Promise<BudgetFacts> {
  const path = `/apis/policy/v1/namespaces/${encodeURIComponent(instance.namespace)}/poddisruptionbudgets`;
  try {
    const { items } = budgetList.parse(await connection.get(path, signal));
    return {
      state: 'read',
      found: items.map(({ metadata, spec }) => ({
        name: metadata.name,
        workloads: components
          .filter(({ workload }) => matches(spec.selector, workload.templateLabels))
          .map(({ workload }) => `${workload.kind}/${workload.metadata.name}`),
      })),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const remedy = error.status === 403 ? ' The right to list them is in docs/rights-upgrade.yaml.' : '';
    return { state: 'refused', message: `${error.message}.${remedy}` };
  }
}
