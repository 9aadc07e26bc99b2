import type { Judge } from '../../../engine/context.ts';
import { experimentName, type Experiment } from '../../../resilience/experiment.ts';
import { timelineOf } from '../../../resilience/timeline-of.ts';
import type { Timeline } from '../../../resilience/timeline.ts';
import type { Operation } from '../../../workload/history.ts';
import type { Evidence, Finding, Subject } from '../../finding.ts';
import { seconds } from '../round-trip/frame.ts';
import { whatIsUnsound } from './sound.ts';

/** What is looked at: one experiment, by itself. */
export interface Tried {
  readonly experiment: Experiment;
  readonly timeline: Timeline;
  readonly subject: Subject;
}

/**
 * A judge of each experiment by itself. Where one is not sound, only what was seen to be wrong still fails, or, as the
 * check says, whatever fails; nothing passes, and what cannot be judged follows from RES-010.
 */
export function experimentJudge(
  look: (tried: Tried) => readonly Finding[],
  whatStands: 'what is wrong' | 'each failure' = 'what is wrong',
): Judge {
  return ({ experiments }) =>
    experiments.flatMap((experiment) => {
      const subject = subjectOf(experiment);
      const timeline = timelineOf(experiment) ?? noTimeline;
      const [unsound] = whatIsUnsound(experiment);
      const findings = look({ experiment, timeline, subject });
      if (unsound === undefined) return findings;
      const standing = findings.filter(
        ({ outcome, wrong }) => outcome === 'fail' && (wrong === true || whatStands === 'each failure'),
      );
      return standing.length > 0 ? standing : [following(subject, unsound)];
    });
}

export function subjectOf({ plan }: Experiment): Subject {
  return { kind: 'Experiment', name: experimentName(plan) };
}

function following(subject: Subject, unsound: string): Finding {
  return {
    outcome: 'inconclusive',
    subject,
    observed: `Follows from RES-010: ${unsound}`,
    expected: 'An experiment that is sound.',
    followsFrom: { code: 'RES-010', subject },
  };
}

/** Of an experiment whose fault was never begun. */
const noTimeline: Timeline = {
  faultAt: 0,
  watchedMs: 0,
  pods: [],
  probes: [],
  lag: { longestMs: 0, over100Ms: 0 },
  watchCuts: [],
  bystanders: [],
};

/** An operation of the experiment as a place in its history. */
export function evidenceAt({ id, call, calledAt, returnedAt }: Operation, text: string): Evidence {
  const times = `${seconds(calledAt)} to ${seconds(returnedAt)}`;
  return { at: `history.jsonl operation ${id} (${call}, ${times})`, text };
}
