import type { Experiment } from '../../../resilience/experiment.ts';
import { timelineOf } from '../../../resilience/timeline-of.ts';
import type { PodCourse, Timeline } from '../../../resilience/timeline.ts';
import type { Happening, History } from '../../../workload/history.ts';
import { type Probe, probeOf } from '../../../workload/load/record.ts';

/** Right answers in a row that each operation must have had before the fault, and calls after it; `ddl` calls every half second. */
const floors: Readonly<Record<Probe, number>> = {
  search: 5,
  query: 5,
  count: 5,
  read: 5,
  insert: 5,
  upsert: 5,
  delete: 5,
  ddl: 1,
};

/** ms. Longer than this, the suite's own standing still could pass for an outage or hide one. */
const longestLagMs = 2000;

/**
 * Why an experiment proves nothing, a sentence each; none where it is sound. A load that never ran, a fault that
 * struck nothing and a fault that was never tried read differently.
 */
export function whatIsUnsound(experiment: Experiment): readonly string[] {
  const { history, plan } = experiment;
  if (!history.complete) return [`The run was cut short ${lastPhase(history)}.`];
  const timeline = timelineOf(experiment);
  if (plan.victims.length === 0) {
    return [`The fault had nothing to strike: ${history.stopped?.reason ?? 'no pod was chosen.'}`];
  }
  if (!history.operations.some((operation) => probeOf(operation) !== undefined)) {
    return [`The load never ran: ${history.stopped?.reason ?? 'not one of its calls is in the history.'}`];
  }
  if (timeline === undefined) {
    const why = history.stopped === undefined ? '' : ` ${history.stopped.reason}`;
    return [`No fault was tried${beforeWhat(history)}.${why}`];
  }
  return [...faultTroubles(experiment, timeline), ...loadTroubles(timeline), ...lagTroubles(timeline)];
}

function lastPhase({ events }: History): string {
  const last = events.findLast(({ happening }) => happening.kind === 'phase')?.happening;
  return last?.kind === 'phase' ? `while it was in its phase "${last.phase}"` : 'before it began';
}

function beforeWhat({ stopped }: History): string {
  if (stopped?.step === 'steady') return ': the steady state before it was not reached';
  return stopped === undefined ? '' : `: the experiment ended at "${stopped.step}"`;
}

function faultTroubles({ plan, history }: Experiment, { pods }: Timeline): readonly string[] {
  if (history.stopped?.step === 'fault') return [history.stopped.reason];
  const steps = history.events.flatMap(({ happening }) => (happening.kind === 'fault' ? [happening] : []));
  const failed = steps.find(({ step }) => step === 'failed');
  if (failed !== undefined) return [`The fault did not land: ${failed.text}`];
  if (!steps.some(({ step }) => step === 'done'))
    return [`The fault was begun and never done: ${textOf(steps)}`];
  const struck = new Set(pods.map(({ old }) => old.uid));
  const spared = plan.victims.filter(({ uid }) => !struck.has(uid)).map(({ name }) => name);
  if (spared.length > 0) return [`The fault was meant for ${spared.join(', ')}, and did not strike there.`];
  const standing = pods.filter((course) => !hasLanded(course)).map(({ old }) => old.name);
  if (standing.length === 0) return [];
  return [`The fault landed on nothing: ${standing.join(', ')} ran on as before, under the same UID.`];
}

function textOf(steps: readonly Extract<Happening, { kind: 'fault' }>[]): string {
  return steps[0]?.text ?? 'nothing is known of it.';
}

function hasLanded({ leavingAt, goneAt }: PodCourse): boolean {
  return leavingAt !== undefined || goneAt !== undefined;
}

function loadTroubles({ probes }: Timeline): readonly string[] {
  return probes.flatMap(({ probe, before, calls }) => {
    const floor = floors[probe];
    if (before.rightInARow < floor) {
      return [
        `The load was not steady before the fault: of ${before.calls} calls of ${probe} the last ${before.rightInARow} were right, and ${floor} must be.`,
      ];
    }
    return calls < floor
      ? [`The load did not go on after the fault: ${calls} calls of ${probe}, and ${floor} must be.`]
      : [];
  });
}

function lagTroubles({ lag }: Timeline): readonly string[] {
  return lag.longestMs <= longestLagMs
    ? []
    : [
        `This tool itself stood still for ${(lag.longestMs / 1000).toFixed(1)} s: what it measured meanwhile is its own. Run it on a machine with less to do.`,
      ];
}
