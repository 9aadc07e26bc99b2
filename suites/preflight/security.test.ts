import { suite } from '../../helpers/engine/suite.ts';
import { isRecord } from '../../helpers/topology/environment.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../helpers/verdict/outcomes.ts';
import { subjectKey, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { plannedWorkloads, withManifest } from './planned.ts';
import { violations } from './pod-security.ts';

const label = 'pod-security.kubernetes.io/';

export default suite('PRE', {
  'PRE-110': (evidence) =>
    withManifest(evidence, ({ namespace }, subject) => {
      if (namespace.state === 'absent') {
        return [skipped(subject, 'The namespace does not exist yet: the level of a new one is not known.')];
      }
      if (namespace.state === 'refused') {
        return [
          inconclusive(
            subject,
            `The namespace could not be read: ${namespace.message}`,
            'Leave to get namespaces.',
          ),
        ];
      }
      const enforced = namespace.labels[`${label}enforce`] ?? 'privileged';
      const warned = namespace.labels[`${label}warn`] ?? 'privileged';
      const found = plannedWorkloads(evidence).flatMap(({ workload }) => {
        const seen = (level: string) => {
          const texts = violations(isRecord(workload.template) ? workload.template : {}, level);
          const at = `${subjectKey(workloadSubject(workload))} spec.template.spec`;
          return texts.length === 0 ? undefined : { texts, evidence: texts.map((text) => ({ at, text })) };
        };
        const refused = seen(enforced);
        if (refused !== undefined) {
          return [
            fail(workloadSubject(workload), {
              observed: `Level ${enforced} refuses its pods: ${refused.texts.join('; ')}.`,
              expected: `Pods that level ${enforced} admits.`,
              evidence: refused.evidence,
            }),
          ];
        }
        const noted = seen(warned);
        if (noted === undefined) return [];
        return [
          warn(workloadSubject(workload), {
            observed: `Level ${warned} warns of its pods: ${noted.texts.join('; ')}.`,
            expected: `Pods that level ${warned} admits.`,
            evidence: noted.evidence,
          }),
        ];
      });
      return found.length > 0
        ? found
        : [pass(subject, `Level ${enforced} admits every pod of the manifest.`)];
    }),
});
