import type { Experiment } from './experiment.ts';
import { timelineOf } from './timeline-of.ts';

/** Whether anything of an experiment calls for a look at pods, events and logs, while they are still to be had. */
export function troubleIn(experiment: Experiment): boolean {
  const { history } = experiment;
  if (!history.complete || history.stopped !== undefined) return true;
  const timeline = timelineOf(experiment);
  return (
    timeline === undefined ||
    timeline.bystanders.length > 0 ||
    timeline.probes.some(({ wrong, rightAgainAt }) => wrong.length > 0 || rightAgainAt === undefined)
  );
}
