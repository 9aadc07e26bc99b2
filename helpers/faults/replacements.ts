import { readPodsOf, readWorkload } from '../kubernetes/scale-workload.ts';
import type { Victim } from '../resilience/scenario.ts';
import { awaitState } from './await-state.ts';
import type { FaultPlace } from './place.ts';

/** For a controller to make a new pod, in ms. */
const replacedBudgetMs = 60_000;

/** UIDs of the pods of the struck workloads. */
export async function podsBefore(
  victims: readonly Victim[],
  { connection, namespace, signal }: FaultPlace,
): Promise<ReadonlySet<string>> {
  const uids = new Set<string>();
  for (const workload of workloadsOf(victims)) {
    const object = await readWorkload(connection, namespace, workload, signal);
    const pods = await readPodsOf(connection, namespace, object, signal);
    for (const { metadata } of pods) uids.add(metadata.uid ?? '');
  }
  return uids;
}

/**
 * Waits until as many new pods exist as were struck of each workload, ready or not.
 * @throws FaultError when they do not come to be
 */
export async function findReplacements(
  text: string,
  victims: readonly Victim[],
  before: ReadonlySet<string>,
  place: FaultPlace,
): Promise<readonly Victim[]> {
  const { connection, namespace, signal } = place;
  const found: Victim[] = [];
  for (const workload of workloadsOf(victims)) {
    const struck = victims.filter((victim) => isOf(victim, workload));
    const object = await readWorkload(connection, namespace, workload, signal);
    const look = async () => {
      const pods = (await readPodsOf(connection, namespace, object, signal)).filter(
        ({ metadata }) => metadata.deletionTimestamp === undefined && !before.has(metadata.uid ?? ''),
      );
      if (pods.length >= struck.length) return { state: 'there', value: pods } as const;
      const now = `${pods.length} of ${struck.length} pods of ${workload.name} have been replaced`;
      return { state: 'not yet', now } as const;
    };
    const doing = `${text}: waiting for the pods that replace ${struck.map(({ name }) => name).join(', ')}`;
    const pods = await awaitState(doing, replacedBudgetMs, look, place);
    for (const [index, victim] of struck.entries()) {
      const pod = pods[index];
      if (pod !== undefined) found.push({ ...victim, name: pod.metadata.name, uid: pod.metadata.uid ?? '' });
    }
  }
  return found;
}

/** The controllers of the struck pods, each once. */
export function workloadsOf(
  victims: readonly Victim[],
): readonly { readonly kind: 'Deployment' | 'StatefulSet'; readonly name: string }[] {
  const workloads = victims.flatMap(({ workload: { kind, name } }) =>
    kind === 'Pod' ? [] : [{ kind, name }],
  );
  return [...new Map(workloads.map((workload) => [`${workload.kind}/${workload.name}`, workload])).values()];
}

/** Whether a pod is one of a workload's. */
export function isOf({ workload }: Victim, { kind, name }: Victim['workload']): boolean {
  return workload.kind === kind && workload.name === name;
}
