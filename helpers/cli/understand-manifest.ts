import { UsageError } from '../engine/usage-error.ts';
import { understandFor } from '../engine/understand-for.ts';
import type { Rendered } from '../manifest/render.ts';
import { InstanceError } from '../topology/errors.ts';
import type { Topology } from '../topology/model.ts';

/** @throws UsageError for a manifest without Milvus; InstanceError where it holds more than one */
export function understandManifest(
  { observation, objects }: Rendered,
  instance: string | undefined,
): Topology {
  try {
    return understandFor(observation, instance);
  } catch (error) {
    if (!(error instanceof InstanceError) || error.reason !== 'none') throw error;
    const files = observation.manifest?.files.join(', ') ?? '';
    throw new UsageError(
      `${files}: no Milvus among its ${objects.length} objects for namespace ${observation.namespace}; expected workloads that run "milvus run ROLE", or a Milvus resource of the operator.`,
      { cause: error },
    );
  }
}
