import { suite } from '../../helpers/engine/suite.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { workloadsOf } from '../../helpers/verdict/reliance.ts';
import { instanceSubject, subjectKey, workloadSubject } from '../../helpers/verdict/subjects.ts';

export default suite('HLT', {
  'HLT-100': ({ topology }) => {
    const workloads = workloadsOf(topology);
    if (workloads.length === 0) {
      return [
        inconclusive(instanceSubject(topology.instance), 'No workload was found.', 'At least one workload.'),
      ];
    }
    return workloads.map((workload) => {
      const { replicas, readyReplicas, updatedReplicas } = workload;
      const subject = workloadSubject(workload);
      if (replicas === 0) return skipped(subject, 'It asks for no replicas.');
      const observed = `${readyReplicas} of ${replicas} replicas are ready, ${updatedReplicas} up to date.`;
      if (readyReplicas >= replicas && updatedReplicas >= replicas) return pass(subject, observed);
      return fail(subject, {
        observed,
        expected: `${replicas} ready and up to date.`,
        evidence: [
          {
            at: `${subjectKey(subject)} status`,
            text: `readyReplicas ${readyReplicas}, updatedReplicas ${updatedReplicas}`,
          },
        ],
      });
    });
  },

  'HLT-110': ({ topology }) => {
    const subject = instanceSubject(topology.instance);
    const running = topology.components.filter(({ workload }) => workload.replicas > 0);
    const byImage = Map.groupBy(running, ({ image }) => image);
    const texts = [...byImage].map(
      ([image, components]) => `${image} (${components.map(({ role }) => role).join(', ')})`,
    );
    if (texts.length === 0) return [inconclusive(subject, 'No component runs.', 'At least one component.')];
    if (texts.length === 1) return [pass(subject, `All run ${texts.join()}.`)];
    return [
      fail(subject, {
        observed: `${texts.length} images: ${texts.join('; ')}.`,
        expected: 'One image for all components.',
        evidence: running.map(({ workload, container, image }) => ({
          at: `${subjectKey(workloadSubject(workload))} container ${container.name} image`,
          text: image,
        })),
      }),
    ];
  },
});
