import type { Connection } from '../kubernetes/connection.ts';
import { EnvironmentError } from '../kubernetes/errors.ts';
import { missingRights, rightText } from '../kubernetes/rights.ts';
import type { FaultKind } from '../resilience/scenario.ts';
import { faultRights } from './rights.ts';

/**
 * Before anything is done: whether these credentials may do what the faults need.
 * @throws EnvironmentError `forbidden` that names each missing right and what it is for; ApiError
 */
export async function requireFaultRights(
  connection: Connection,
  namespace: string,
  faults: readonly FaultKind[],
  signal: AbortSignal,
): Promise<void> {
  const needed = faultRights.filter(
    (right) =>
      right.required && (right.faults === 'all' || right.faults.some((kind) => faults.includes(kind))),
  );
  const missing = await missingRights(connection, namespace, signal, needed);
  if (missing.length === 0) return;
  const wish = missing.map((right) => `${rightText(right, namespace)} (${right.purpose})`).join(', ');
  throw new EnvironmentError(
    'forbidden',
    `The credentials of context ${connection.context} may not do what the faults need. Missing: ${wish}. ` +
      'A Role with just what is needed is in docs/rights-chaos.yaml.',
  );
}
