import type { Connection } from '../kubernetes/connection.ts';
import { messageOf } from '../kubernetes/errors.ts';
import { watchPods, type WatchedPods } from '../kubernetes/watch-pods.ts';
import type { MilvusTarget } from '../milvus/target.ts';
import { inflict } from '../faults/inflict.ts';
import type { UndoJournal } from '../faults/undo-journal.ts';
import type { Stop } from '../workload/history.ts';
import type { Recorder } from '../workload/recorder.ts';
import { actDuring } from '../workload/load/act-during.ts';
import type { LoadSettings } from '../workload/load/contract.ts';
import { describeLoad } from '../workload/load/describe-load.ts';
import { dropLoad } from '../workload/load/drop-load.ts';
import { LedgerKeys } from '../workload/load/ledger-keys.ts';
import { prepareLoad } from '../workload/load/prepare-load.ts';
import { startLoad } from '../workload/load/start-load.ts';
import { verifyLoad } from '../workload/load/verify-load.ts';
import type { ExperimentPlan } from './experiment.ts';
import { partOf, type Part } from './parts.ts';
import { whatIsNotRight } from './recovered.ts';
import type { Pace } from './pace.ts';
import { untilRight, type RightFor } from './until-right.ts';

/** What an experiment needs of the world. */
export interface ExperimentPlace {
  readonly connection: Connection;
  readonly target: MilvusTarget;
  readonly parts: readonly Part[];
  readonly recorder: Recorder;
  readonly journal: UndoJournal;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/**
 * One experiment: load, steady state, fault, the way back, a last look at every row. It only acts and records; what
 * did not come about is in the history, where the judges see it.
 *
 * @returns why the experiment was not made to its end, in words; undefined where it was
 * @throws the signal's reason, after the fault is undone and the run's collections are removed
 */
export async function runExperiment(
  plan: ExperimentPlan,
  place: ExperimentPlace,
): Promise<string | undefined> {
  const { connection, parts, recorder, signal, progress, target, journal } = place;
  await using pods = await watchPods(
    connection,
    plan.namespace,
    (pod) => partOf(parts, pod.metadata.labels)?.name,
    recorder,
    signal,
  );
  const load: LoadSettings = { target, recorder, plan: plan.load, keys: new LedgerKeys(), signal, progress };
  // Not aborted with the run: its calls are few, and each has a time-out.
  const atTheEnd = { ...load, signal: new AbortController().signal };
  try {
    const stopped = await act(plan, place, pods, load);
    await journal.undo();
    await dropLoad(atTheEnd);
    recorder.end(stopped);
    return stopped?.reason;
  } catch (error) {
    // Whatever ended it: what was done to the cluster is undone, on time of its own.
    await journal.undo();
    await dropLoad(atTheEnd);
    throw error;
  }
}

/** ms between two looks at the load and the pods: both are at hand, so that it costs nothing. */
const lookEveryMs = 100;

async function act(
  plan: ExperimentPlan,
  place: ExperimentPlace,
  pods: WatchedPods,
  load: LoadSettings,
): Promise<Stop | undefined> {
  const { recorder, signal, progress, pace } = place;
  recorder.note({ kind: 'phase', phase: 'prepare' });
  const unprepared = await prepareLoad(load);
  if (unprepared !== undefined) return { step: 'prepare', reason: unprepared };
  await describeLoad(load, 'before');
  recorder.note({ kind: 'phase', phase: 'steady' });
  const running = await startLoad(load);
  try {
    const look = () => whatIsNotRight(running.states(), pods.pods(), place.parts, recorder.now());
    const before = { forMs: pace.steadyMs, budgetMs: pace.steadyBudgetMs, lookEveryMs };
    const unsteady = await untilRight(look, before, place);
    if (unsteady !== undefined) return { step: 'steady', reason: notRight(before, unsteady) };
    const struck = await strike(plan, place, load);
    if (struck !== undefined) return { step: 'fault', reason: struck };
    recorder.note({ kind: 'phase', phase: 'recovery' });
    progress('The fault is over; waiting until every answer is right and stays so');
    const budgets = pace.waitsForBudgets ? Object.values(plan.budgets) : [];
    const longest = Math.max(pace.recoveryBudgetMs, ...budgets);
    const onTurn = (isRight: boolean) =>
      recorder.note({ kind: 'phase', phase: isRight ? 'quiet' : 'recovery' });
    const after = { forMs: pace.quietMs, budgetMs: longest + pace.quietMs, lookEveryMs };
    const late = await untilRight(look, { ...after, onTurn }, place);
    if (late !== undefined) progress(notRight(after, late));
  } finally {
    await running.stop();
  }
  signal.throwIfAborted();
  recorder.note({ kind: 'phase', phase: 'verify' });
  await describeLoad(load, 'after');
  const unverified = await verifyLoad(load);
  return unverified === undefined ? undefined : { step: 'verify', reason: unverified };
}

function notRight({ forMs, budgetMs }: RightFor, what: string): string {
  return `Not right for ${forMs / 1000} s within ${budgetMs / 1000} s: ${what}.`;
}

/** The fault, begun just when its timing says. A fault that did not land ends the experiment. */
async function strike(
  plan: ExperimentPlan,
  { connection, recorder, journal, signal, progress }: ExperimentPlace,
  load: LoadSettings,
): Promise<string | undefined> {
  const { fault, timing } = plan.scenario;
  const { namespace, victims } = plan;
  try {
    await using _call = timing === 'steady' ? undefined : await actDuring(load, timing);
    recorder.note({ kind: 'phase', phase: 'fault' });
    progress(`Striking ${victims.map(({ name }) => name).join(', ')}`);
    await inflict(fault, victims, { connection, namespace, recorder, journal, signal, progress });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return messageOf(error);
  }
}
