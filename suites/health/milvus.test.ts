import { suite } from '../../helpers/engine/suite.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject, podSubject } from '../../helpers/verdict/subjects.ts';
import { answered, endpointsOf, milvusServer } from './milvus-server.ts';

const wellStates: ReadonlySet<string> = new Set(['healthy', 'standby']);

export default suite('HLT', {
  'HLT-140': (evidence) =>
    milvusServer(evidence, ({ healthy, reasons }, subject) =>
      healthy
        ? pass(subject, 'CheckHealth: healthy.')
        : fail(subject, {
            observed: `CheckHealth: not healthy. ${reasons.join('; ') || 'No reason given.'}`,
            expected: 'isHealthy is true.',
            evidence: reasons.map((text) => ({ at: 'Milvus API CheckHealth reasons', text })),
            stops: [subject],
          }),
    ),

  'HLT-150': (evidence) =>
    milvusServer(evidence, ({ componentStates }, subject) => {
      if (componentStates.length === 0) {
        return inconclusive(
          subject,
          'GetComponentStates named no component.',
          'The state of each component.',
        );
      }
      const text = ({ role, node, state }: (typeof componentStates)[number]) => `${role} ${node}: ${state}`;
      const ill = componentStates.filter(({ state }) => !wellStates.has(state.toLowerCase()));
      if (ill.length === 0)
        return pass(subject, `${componentStates.length} components are Healthy or StandBy.`);
      return fail(subject, {
        observed: `${ill.map(text).join(', ')}.`,
        expected: 'Every component is Healthy or StandBy.',
        evidence: componentStates.map((each) => ({ at: 'Milvus API GetComponentStates', text: text(each) })),
      });
    }),

  'HLT-160': (evidence) => {
    const { components, instance } = evidence.topology;
    const answers = endpointsOf(evidence).components;
    const pods = components.flatMap(({ workload }) => workload.pods);
    if (pods.length === 0)
      return [inconclusive(instanceSubject(instance), 'No Milvus pod was found.', 'At least one.')];
    return pods.map((pod) => {
      const subject = podSubject(pod);
      if (pod.metadata.deletionTimestamp !== undefined) return skipped(subject, 'It is being deleted.');
      return answered(answers[pod.metadata.name], subject, '/healthz', ({ status, body }) =>
        status === 200
          ? pass(subject, `/healthz: ${status} ${body}`)
          : fail(subject, {
              observed: `/healthz answers ${status}: ${body || 'no text'}`,
              expected: 'Status 200.',
              evidence: [{ at: `${pod.metadata.name}:9091/healthz`, text: body }],
            }),
      );
    });
  },
});
