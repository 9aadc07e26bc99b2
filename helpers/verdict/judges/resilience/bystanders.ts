import { pass, warn } from '../../outcomes.ts';
import { experimentJudge } from './frame.ts';

/** RES-320. */
export const nothingElseRestarts = experimentJudge(({ timeline: { bystanders }, subject }) => {
  const [first] = bystanders;
  if (first === undefined) return [pass(subject, 'No container restarted that was not struck.')];
  const texts = bystanders.map(({ pod, part, restarts }) => `${pod} (${part}) ${times(restarts)}`);
  return [
    warn(subject, {
      observed: `Restarted without being struck: ${texts.join(', ')}.`,
      expected: 'Only what is struck starts anew.',
      evidence: bystanders.map(({ pod, restarts }) => ({
        at: `Pod/${pod} status.containerStatuses`,
        text: `restarted ${times(restarts)} since the fault`,
      })),
    }),
  ];
});

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
