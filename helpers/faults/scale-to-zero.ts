import { setTimeout as sleep } from 'node:timers/promises';
import { readPodsOf, readWorkload, scaleWorkload, type WorkloadName } from '../kubernetes/scale-workload.ts';
import type { Fault, Victim } from '../resilience/scenario.ts';
import { awaitState } from './await-state.ts';
import { FaultError } from './fault-error.ts';
import type { FaultPlace } from './place.ts';
import { workloadsOf } from './replacements.ts';
import { strike } from './strike.ts';
import type { UndoStep } from './undo-steps.ts';

type ScaleToZero = Extract<Fault, { kind: 'scale-to-zero' }>;

/** For the last pod to go, in ms; the pods end gracefully. */
const downBudgetMs = 300_000;
/** For the first pod to be made again, in ms. */
const upBudgetMs = 60_000;

/**
 * Scales each workload to no replica, waits until no pod is left, keeps it so for `downMs`, and scales it back. The way
 * back is in the journal first, and is gone also when this is aborted.
 * @throws FaultError where a pod stays, or someone else scales it back
 */
export async function scaleToZero(
  { downMs }: ScaleToZero,
  victims: readonly Victim[],
  place: FaultPlace,
): Promise<void> {
  const { connection, namespace, recorder, journal, signal } = place;
  const pods = victims.map(({ name, uid, part }) => ({ name, uid, part }));
  const workloads = workloadsOf(victims);
  const steps = await stepsOf(workloads, place);
  await journal.plan(steps);
  try {
    await strike('scale to zero', victims, place, async () => {
      for (const workload of workloads) await scaleWorkload(connection, namespace, workload, 0, signal);
      for (const workload of workloads) await awaitNoPods(workload, place);
      return 'no pod is left';
    });
    await sleep(downMs, undefined, { signal });
  } finally {
    const done = await journal.undo();
    recorder.note({ kind: 'fault', step: 'undone', text: done.join('; '), pods });
  }
  for (const step of steps) await awaitPods(step, place);
}

async function stepsOf(
  workloads: readonly WorkloadName[],
  { connection, namespace, signal }: FaultPlace,
): Promise<readonly UndoStep[]> {
  const objects = await Promise.all(
    workloads.map(async (workload) => ({
      workload,
      object: await readWorkload(connection, namespace, workload, signal),
    })),
  );
  return objects.map(({ workload, object: { metadata, spec } }) => ({
    kind: 'scale',
    workload: { ...workload, uid: metadata.uid ?? '' },
    replicas: spec.replicas ?? 1,
  }));
}

async function awaitNoPods(workload: WorkloadName, place: FaultPlace): Promise<void> {
  const { connection, namespace, signal } = place;
  const doing = `scaling the ${workload.kind} ${workload.name} to zero`;
  const look = async () => {
    const object = await readWorkload(connection, namespace, workload, signal);
    const wanted = object.spec.replicas ?? 1;
    if (wanted !== 0) {
      const remedy = 'An operator or an autoscaler may own it; choose another fault for it.';
      throw new FaultError(doing, `something else set its replicas back to ${wanted}`, remedy);
    }
    const pods = await readPodsOf(connection, namespace, object, signal);
    if (pods.length === 0) return { state: 'there', value: undefined } as const;
    const names = pods.map(({ metadata }) => metadata.name).join(', ');
    return { state: 'not yet', now: `still there: ${names}` } as const;
  };
  await awaitState(doing, downBudgetMs, look, place);
}

/** Of a StatefulSet the others follow only once the first is Ready, so one is enough. */
async function awaitPods({ workload, replicas }: UndoStep, place: FaultPlace): Promise<void> {
  if (replicas === 0) return;
  const { connection, namespace, signal } = place;
  const look = async () => {
    const object = await readWorkload(connection, namespace, workload, signal);
    const pods = await readPodsOf(connection, namespace, object, signal);
    if (pods.length > 0) return { state: 'there', value: undefined } as const;
    return {
      state: 'not yet',
      now: `no pod yet, ${object.spec.replicas ?? 1} replicas are asked for`,
    } as const;
  };
  await awaitState(`scaling the ${workload.kind} ${workload.name} back`, upBudgetMs, look, place);
}
