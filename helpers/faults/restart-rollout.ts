import { restartWorkload } from '../kubernetes/patch-template.ts';
import { readPodsOf, readWorkload, type WorkloadName } from '../kubernetes/scale-workload.ts';
import type { Victim } from '../resilience/scenario.ts';
import type { Pod } from '../topology/objects.ts';
import { awaitState } from './await-state.ts';
import type { FaultPlace } from './place.ts';
import { isOf, workloadsOf } from './replacements.ts';
import { strike } from './strike.ts';

/** For a rollout, in ms: once, and for each of its pods; the charts wait up to two minutes for one to be Ready. */
const rolloutBudgetMs = 120_000;
const podBudgetMs = 240_000;

/** The label by which a controller tells the pods of a template's versions apart. */
const versionLabels = {
  Deployment: 'pod-template-hash',
  StatefulSet: 'controller-revision-hash',
} as const;

/**
 * Restarts the rollout of each workload, and waits until every pod of it is of the new version and no old one is left.
 * @throws FaultError where it does not come through, for example of a Deployment that is paused
 */
export async function restartRollout(victims: readonly Victim[], place: FaultPlace): Promise<void> {
  const { connection, namespace, signal } = place;
  const workloads = workloadsOf(victims);
  await strike('restart the rollout', victims, place, async () => {
    for (const workload of workloads) await restartWorkload(connection, namespace, workload, signal);
    for (const workload of workloads) {
      const old = victims.filter((victim) => isOf(victim, workload));
      await awaitRollout(workload, old, place);
    }
    return `${workloads.map(({ kind, name }) => `${kind} ${name}`).join(', ')} has new pods only`;
  });
}

async function awaitRollout(
  workload: WorkloadName,
  old: readonly Victim[],
  place: FaultPlace,
): Promise<void> {
  const { connection, namespace, signal } = place;
  const oldUids = new Set(old.map(({ uid }) => uid));
  const look = async () => {
    const object = await readWorkload(connection, namespace, workload, signal);
    const pods = await readPodsOf(connection, namespace, object, signal);
    const { status, metadata } = object;
    const replicas = object.spec.replicas ?? 1;
    const updated = status?.updatedReplicas ?? 0;
    const seen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
    const stay = pods.filter(({ metadata: { uid = '' } }) => oldUids.has(uid));
    const versions = new Set(pods.map((pod) => versionOf(workload, pod)));
    if (
      seen &&
      updated === replicas &&
      pods.length === replicas &&
      stay.length === 0 &&
      versions.size === 1
    ) {
      return { state: 'there', value: undefined } as const;
    }
    const left = stay.map(({ metadata: { name } }) => name).join(', ') || 'none';
    const now = `${updated} of ${replicas} replicas are of the new version; old pods still there: ${left}`;
    return { state: 'not yet', now } as const;
  };
  const doing = `restarting the rollout of the ${workload.kind} ${workload.name}`;
  await awaitState(doing, rolloutBudgetMs + podBudgetMs * old.length, look, place);
}

function versionOf({ kind }: WorkloadName, { metadata }: Pod): string | undefined {
  return metadata.labels?.[versionLabels[kind]];
}
