import type { PodState } from '../workload/history.ts';
import type { ProbeState } from '../workload/load/contract.ts';
import type { Part } from './parts.ts';

/** A probe that has had no answer for longer than this stands still, or is asked more than it can bear; ms. */
const stillMs = 2000;

/**
 * What keeps the deployment from being well, the first thing of it; undefined where every pod is Ready and every
 * operation's latest answers are right.
 *
 * @param now ms of the history
 */
export function whatIsNotRight(
  states: readonly ProbeState[],
  pods: readonly PodState[],
  parts: readonly Part[],
  now: number,
): string | undefined {
  for (const { probe, lastRightAt, lastBadAt, lastBad, unansweredMs } of states) {
    if (lastRightAt === undefined || (lastBadAt !== undefined && lastBadAt >= lastRightAt)) {
      return `${probe} is not right: ${lastBad ?? 'no answer yet'}`;
    }
    const silentMs = Math.max(now - lastRightAt, unansweredMs);
    if (silentMs > stillMs) {
      return `${probe} has had no answer for ${(silentMs / 1000).toFixed(1)} s`;
    }
  }
  for (const [name, own] of Map.groupBy(parts, (part) => part.name)) {
    const wanted = own.reduce((sum, { workload }) => sum + workload.replicas, 0);
    const there = pods.filter(({ part, deleting }) => part === name && !deleting).length;
    if (there < wanted) return `${there} of ${wanted} ${name} pods are there`;
  }
  const unready = pods.find(({ ready, deleting, phase }) => !ready && !deleting && phase !== 'Succeeded');
  if (unready !== undefined) return `pod ${unready.name} is ${unready.phase}, not Ready`;
  const leaving = pods.find(({ deleting }) => deleting);
  return leaving === undefined ? undefined : `pod ${leaving.name} is being deleted`;
}
