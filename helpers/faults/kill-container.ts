import { readPod } from '../kubernetes/delete-pod.ts';
import { ApiError } from '../kubernetes/errors.ts';
import { execInPod, type ExecResult } from '../kubernetes/exec.ts';
import type { Victim } from '../resilience/scenario.ts';
import { podStateOf } from '../kubernetes/pod-state.ts';
import type { ContainerState } from '../workload/history.ts';
import { cameToBe } from './await-state.ts';
import { FaultError } from './fault-error.ts';
import type { FaultPlace } from './place.ts';
import { blowsFor, parseProcessTable, readProcessTable, type Blow } from './process-table.ts';
import { strike } from './strike.ts';

/** For a container to end after a signal, in ms: Milvus takes 5 to 7 s to write down what it was doing. */
const endBudgetMs = 15_000;
/** For the kubelet to start it again, in ms; after a crash shortly before it waits for ten seconds and more. */
const restartBudgetMs = 60_000;

/**
 * Ends the main program of each pod's container from inside; the pod, its UID and its emptyDirs stay. Proved by the
 * container's restart count and the time of its start.
 * @throws FaultError, for example where the image has no shell to send a signal from
 */
export async function killContainer(victims: readonly Victim[], place: FaultPlace): Promise<void> {
  await strike('kill the container', victims, place, async () => {
    const proofs = await Promise.allSettled(victims.map((victim) => killOne(victim, place)));
    return proofs
      .map((proof) => {
        if (proof.status === 'rejected') throw proof.reason;
        return proof.value;
      })
      .join('; ');
  });
}

async function killOne(victim: Victim, place: FaultPlace): Promise<string> {
  const doing = `killing the container ${victim.container} of the pod ${victim.name}`;
  const before = await readContainer(doing, victim, place);
  if (!before.running) throw new FaultError(doing, 'it does not run');
  const blows = await findBlows(doing, victim, place);
  const sent: string[] = [];
  for (const blow of blows) {
    sent.push(await deal(doing, victim, blow, place));
    if (!(await hasEnded(doing, victim, before, place))) continue;
    return `${victim.name}: ${await restartOf(doing, victim, before, place)}`;
  }
  throw new FaultError(doing, `it runs on after ${sent.join(', then ')}`, 'Delete the pod instead.');
}

async function findBlows(doing: string, victim: Victim, place: FaultPlace): Promise<readonly Blow[]> {
  const result = await run(doing, victim, readProcessTable, place);
  if (result.state === 'cut')
    throw new FaultError(doing, `its processes could not be listed: ${result.reason}`);
  const processes = parseProcessTable(result.stdout);
  const blows = blowsFor(processes);
  if (blows !== undefined) return blows;
  const why =
    processes.length === 0
      ? `its processes could not be listed: ${result.stderr.trim()}`
      : 'its pod shares one process namespace, whose process 1 is not the container’s';
  throw new FaultError(doing, why, 'Delete the pod instead.');
}

/** Sends one signal; returns what was sent, with what the shell said against it. */
async function deal(
  doing: string,
  victim: Victim,
  { signal, pids }: Blow,
  place: FaultPlace,
): Promise<string> {
  const command = `kill -${signal} ${pids.join(' ')}`;
  const result = await run(doing, victim, ['sh', '-c', command], place);
  const complaint = result.state === 'ended' ? result.stderr.trim() : '';
  return complaint === '' ? `'${command}'` : `'${command}' (${complaint})`;
}

type Started = Exclude<ExecResult, { state: 'not started' }>;

async function run(
  doing: string,
  { name: pod, container }: Victim,
  command: readonly string[],
  { connection, namespace, signal }: FaultPlace,
): Promise<Started> {
  try {
    const result = await execInPod(connection, { namespace, pod, container }, command, signal);
    if (result.state !== 'not started') return result;
    const noShell = /executable file not found|no such file/i.test(result.message);
    const state = noShell ? 'its image has no shell to send a signal from' : result.message;
    throw new FaultError(doing, state, noShell ? 'Delete the pod instead.' : '');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new FaultError(doing, `a command in it was refused: ${error.serverMessage}`, '', { cause: error });
  }
}

/** Whether the container's run of before is over within the budget. */
function hasEnded(
  doing: string,
  victim: Victim,
  before: ContainerState,
  place: FaultPlace,
): Promise<boolean> {
  return cameToBe(endBudgetMs, place, async () => {
    const now = await readContainer(doing, victim, place);
    return !now.running || isNewer(now, before);
  });
}

async function restartOf(
  doing: string,
  victim: Victim,
  before: ContainerState,
  place: FaultPlace,
): Promise<string> {
  let now = before;
  const restarted = await cameToBe(restartBudgetMs, place, async () => {
    now = await readContainer(doing, victim, place);
    return now.running && isNewer(now, before);
  });
  return restarted
    ? `${victim.container} ended and started again at ${now.startedAt}, restart ${now.restarts}`
    : `${victim.container} ended and was not started again within ${restartBudgetMs / 1000} s`;
}

/** The times are of whole seconds: a container that ends in its first one starts again at the same time. */
function isNewer(now: ContainerState, before: ContainerState): boolean {
  return now.restarts > before.restarts && (now.startedAt ?? '') >= (before.startedAt ?? '');
}

async function readContainer(
  doing: string,
  { name, uid, part, container }: Victim,
  { connection, namespace, signal }: FaultPlace,
): Promise<ContainerState> {
  const pod = await readPod(connection, namespace, name, signal);
  if (pod === undefined) throw new FaultError(doing, 'the pod is gone');
  if (pod.metadata.uid !== uid) throw new FaultError(doing, 'another pod has its name by now');
  const found = podStateOf(pod, part).containers.find((state) => state.name === container);
  if (found === undefined) throw new FaultError(doing, 'the pod has no such container');
  return found;
}
