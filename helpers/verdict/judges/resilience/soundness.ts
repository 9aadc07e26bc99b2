import type { Judge } from '../../../engine/context.ts';
import { inSeconds } from '../../../resilience/in-seconds.ts';
import { timelineOf } from '../../../resilience/timeline-of.ts';
import { inconclusive, pass } from '../../outcomes.ts';
import { countOf } from '../round-trip/key-ranges.ts';
import { subjectOf } from './frame.ts';
import { whatIsUnsound } from './sound.ts';

/** RES-010: passes, or is inconclusive; it says nothing against the deployment. */
export const isSound: Judge = ({ experiments }) =>
  experiments.flatMap((experiment) => {
    const subject = subjectOf(experiment);
    const unsound = whatIsUnsound(experiment);
    if (unsound.length > 0) {
      const expected =
        'A load that is right in steady state, and a fault that strikes the pods that it names.';
      return unsound.map((observed) => inconclusive(subject, observed, expected));
    }
    const timeline = timelineOf(experiment);
    const struck = timeline?.pods.map(({ old }) => old.name) ?? [];
    const calls = timeline?.probes.reduce((sum, { before }) => sum + before.calls, 0) ?? 0;
    const lag = inSeconds(timeline?.lag.longestMs ?? 0);
    return [
      pass(
        subject,
        `Struck ${struck.join(', ')} after ${countOf(calls, 'call')} in steady state; this tool itself stood still for ${lag} at most.`,
      ),
    ];
  });
