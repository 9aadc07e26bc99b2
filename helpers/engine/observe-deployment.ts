import type { Connection } from '../kubernetes/connection.ts';
import { observeObjects } from '../kubernetes/observe.ts';
import { probeEndpoints } from '../kubernetes/probe-endpoints.ts';
import type { Scenario } from '../resilience/scenario.ts';
import type { Topology } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import { understandFor } from './understand-for.ts';

const notAsked = { state: 'unasked', reason: 'who is struck does not depend on it' } as const;

/**
 * A deployment as it is before an experiment; its stores are asked too where who is struck depends on what they say
 * (the leader of etcd). Throws as observing and understanding do.
 */
export async function observeDeployment(
  connection: Connection,
  instance: string | undefined,
  { targets }: Scenario,
  signal: AbortSignal,
): Promise<{ readonly observation: Observation; readonly topology: Topology }> {
  const { observation, credentials } = await observeObjects(connection, connection.namespace, signal);
  const topology = understandFor(observation, instance);
  if (!targets.some((target) => target.kind === 'store' && target.pick === 'leader')) {
    return { observation, topology };
  }
  const stores = await probeEndpoints(connection, topology, credentials, signal);
  return { observation: { ...observation, endpoints: { ...stores, milvus: notAsked } }, topology };
}
