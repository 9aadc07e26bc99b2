import type { Evidence, Judge } from '../../helpers/engine/context.ts';
import type { Pod } from '../../helpers/topology/objects.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { podFault, type PodFault, type PodFaultKind } from '../../helpers/verdict/pod-fault.ts';
import { workloadsOf } from '../../helpers/verdict/reliance.ts';
import { instanceSubject, podSubject } from '../../helpers/verdict/subjects.ts';

/** Pods of the components and of the stores in the cluster. */
function podsOf({ topology }: Evidence): readonly Pod[] {
  return workloadsOf(topology).flatMap(({ pods }) => pods);
}

/** Applies a judge to each pod that should run; one on its way out, or ended and replaced, is told apart. */
export function overPods(evidence: Evidence, judge: (pod: Pod) => Finding): readonly Finding[] {
  const pods = podsOf(evidence);
  if (pods.length === 0) {
    return [
      inconclusive(instanceSubject(evidence.topology.instance), 'No pod was found.', 'At least one pod.'),
    ];
  }
  return pods.map((pod) => {
    const { phase, reason } = pod.status ?? {};
    if (pod.metadata.deletionTimestamp !== undefined) return skipped(podSubject(pod), 'It is being deleted.');
    if (phase === 'Failed' || phase === 'Succeeded') {
      return skipped(podSubject(pod), `It has ended (${reason ?? phase}); its workload makes another.`);
    }
    return judge(pod);
  });
}

/** A judge that fails for pods with one kind of fault, and leaves the others to their checks. */
export function faultJudge(kind: Exclude<PodFaultKind, 'none'>, expected: string, held: string): Judge {
  return (evidence) =>
    overPods(evidence, (pod) => {
      const fault = faultOf(pod, evidence);
      if (fault.kind !== kind) return pass(podSubject(pod), held);
      return fail(podSubject(pod, fault.container), {
        observed: fault.observed,
        expected,
        evidence: fault.evidence,
        stops: [podSubject(pod)],
      });
    });
}

export function faultOf(pod: Pod, { observation, expectations }: Evidence): PodFault {
  return podFault(pod, observation, expectations.restartWindowMs);
}
