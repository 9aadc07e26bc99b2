import { suite } from '../../helpers/engine/suite.ts';
import { fail, inconclusive, isRefused, pass, skipped, unread } from '../../helpers/verdict/outcomes.ts';
import { statusesOf } from '../../helpers/verdict/pod-fault.ts';
import { podSubject } from '../../helpers/verdict/subjects.ts';
import { faultJudge, faultOf, overPods } from './pods.ts';

export default suite('HLT', {
  'HLT-010': faultJudge('image pull', 'An image that the node can pull.', 'No image waits to be pulled.'),
  'HLT-020': faultJudge('image name', 'A valid image name.', 'Its image names are valid.'),
  'HLT-030': faultJudge(
    'configuration',
    'A container that can be made.',
    'No container lacks its configuration.',
  ),
  'HLT-040': faultJudge(
    'out of memory',
    'A memory limit that it keeps.',
    'No container was killed for its memory.',
  ),

  'HLT-050': (evidence) => {
    const unreadEvents = unread(evidence.observation, 'Event');
    const judge = faultJudge(
      'liveness',
      'A liveness probe that succeeds.',
      'No container was killed by its probe.',
    );
    if (unreadEvents === undefined) return judge(evidence);
    return overPods(evidence, (pod) => {
      const subject = podSubject(pod);
      if (statusesOf(pod).every(({ restartCount }) => restartCount === 0)) {
        return pass(subject, 'No container was restarted.');
      }
      const observed = `It was restarted. ${unreadEvents}`;
      return isRefused(evidence.observation, 'Event')
        ? inconclusive(subject, observed, 'Events that say whether its probe failed.')
        : skipped(subject, observed);
    });
  },

  'HLT-060': faultJudge('crash', 'A container that keeps running.', 'No container ends by itself.'),
  'HLT-070': faultJudge('unscheduled', 'A node that can take it.', 'It has a node.'),

  'HLT-080': (evidence) =>
    overPods(evidence, (pod) => {
      const fault = faultOf(pod, evidence);
      const subject = podSubject(pod);
      if (fault.kind === 'none') return pass(subject, fault.observed);
      if (fault.kind !== 'not ready')
        return skipped(subject, `Not Ready (${fault.kind}): another check says why.`);
      return fail(subject, {
        observed: fault.observed,
        expected: 'Condition Ready is True.',
        evidence: fault.evidence,
        stops: [subject],
      });
    }),
});
