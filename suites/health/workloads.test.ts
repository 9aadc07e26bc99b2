import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { Component } from '../../helpers/topology/model.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { workloadsOf } from '../../helpers/verdict/reliance.ts';
import { instanceSubject, podSubject, subjectKey, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { faultOf } from './pods.ts';

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

  'HLT-110': (evidence) => {
    const { topology } = evidence;
    const subject = instanceSubject(topology.instance);
    const running = topology.components.filter(({ workload }) => workload.replicas > 0);
    const byImage = Map.groupBy(running, ({ image }) => image);
    const texts = [...byImage].map(
      ([image, components]) => `${image} (${components.map(({ role }) => role).join(', ')})`,
    );
    if (texts.length === 0) return [inconclusive(subject, 'No component runs.', 'At least one component.')];
    if (texts.length === 1) return [pass(subject, `All run ${texts.join()}.`)];
    const unpulled = [...byImage].map(([image, components]) => unpulledIn(image, components, evidence));
    const [missing] = unpulled.flatMap((pod) => pod ?? []);
    // Once what cannot be pulled is taken away, one image is left: the rollout is stuck, and nothing else is wrong.
    const isStuck = unpulled.filter((pod) => pod === undefined).length <= 1;
    return [
      {
        ...(isStuck && missing !== undefined ? { followsFrom: missing } : {}),
        ...fail(subject, {
          observed: `${texts.length} images: ${texts.join('; ')}.`,
          expected: 'One image for all components.',
          evidence: running.map(({ workload, container, image }) => ({
            at: `${subjectKey(workloadSubject(workload))} container ${container.name} image`,
            text: image,
          })),
        }),
      },
    ];
  },
});

/** A pod that cannot pull the image, where each component that asks for it has one: nothing runs it. */
function unpulledIn(
  image: string,
  components: readonly Component[],
  evidence: Evidence,
): Finding['followsFrom'] {
  const pods = components.map(({ workload }) =>
    workload.pods.find((pod) => {
      const { kind, container } = faultOf(pod, evidence);
      const asked = pod.spec.containers.find(({ name }) => name === container);
      return kind === 'image pull' && asked?.image === image;
    }),
  );
  const [first] = pods;
  if (first === undefined || pods.includes(undefined)) return undefined;
  return { code: 'HLT-010', subject: podSubject(first, faultOf(first, evidence).container) };
}
