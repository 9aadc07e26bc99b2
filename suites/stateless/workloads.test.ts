import { suite } from '../../helpers/engine/suite.ts';
import { componentRoles } from '../../helpers/topology/model.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject, subjectKey, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { overComponents } from './kept-volumes.ts';

export default suite('STL', {
  'STL-010': (evidence) =>
    overComponents(evidence, ({ role, workload }) => {
      const subject = workloadSubject(workload);
      if (workload.kind === 'Deployment') return pass(subject, `The ${role} is a Deployment.`);
      const operated = workload.metadata.ownerReferences?.some(({ kind }) => kind === 'Milvus') === true;
      if (operated) return pass(subject, `The ${role} is a ${workload.kind} that milvus-operator keeps.`);
      return fail(subject, {
        observed: `The ${role} is a ${workload.kind}.`,
        expected: 'A Deployment.',
        evidence: [{ at: `${subjectKey(subject)} kind`, text: workload.kind }],
      });
    }),

  'STL-060': ({ topology }) => {
    const { components, instance } = topology;
    const roles = componentRoles.filter((role) => components.some((component) => component.role === role));
    if (roles.length === 0) {
      return [
        inconclusive(instanceSubject(instance), 'No Milvus component was found.', 'At least one component.'),
      ];
    }
    return roles.flatMap((role) => {
      const workloads = components.filter((each) => each.role === role).map(({ workload }) => workload);
      const names = workloads.map(
        (workload) => `${subjectKey(workloadSubject(workload))} (${workload.replicas})`,
      );
      const total = workloads.reduce((sum, { replicas }) => sum + replicas, 0);
      return workloads.slice(0, 1).map((workload) => {
        const subject = workloadSubject(workload);
        if (total > 0) return pass(subject, `Replicas of the ${role}: ${names.join(', ')}.`);
        if (role === 'standalone' || role.startsWith('index')) {
          return skipped(subject, `The ${role} has no replicas, and this deployment does not need it.`);
        }
        return fail(subject, {
          observed: `The ${role} has no replicas: ${names.join(', ')}.`,
          expected: 'At least one replica.',
          stops: [instanceSubject(instance)],
        });
      });
    });
  },
});
