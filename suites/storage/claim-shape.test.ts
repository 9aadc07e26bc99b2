import { suite } from '../../helpers/engine/suite.ts';
import { parseQuantity } from '../../helpers/topology/quantity.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../helpers/verdict/outcomes.ts';
import {
  claimSubject,
  instanceSubject,
  subjectKey,
  workloadSubject,
} from '../../helpers/verdict/subjects.ts';
import { resizing } from './resizing.ts';
import { claimsByName, noClaim, overClaims } from './scope.ts';

const readOnly = 'ReadOnlyMany';
const absent = 'The claim does not exist. STO-110 says so.';

export default suite('STO', {
  'STO-160': (evidence) =>
    overClaims(evidence, ({ name, claim, template }) => {
      const subject = claimSubject(name);
      if (claim === undefined) return skipped(subject, absent);
      const modes = claim.spec.accessModes ?? [];
      const wanted = template?.accessModes ?? [];
      const lacking = wanted.filter((mode) => !modes.includes(mode));
      const isWritable = modes.some((mode) => mode !== readOnly);
      const observed = `Access modes: ${modes.join(', ') || 'none'}.`;
      if (isWritable && lacking.length === 0) return pass(subject, observed);
      return fail(subject, {
        observed,
        expected:
          wanted.length > 0 ? `${wanted.join(', ')}, as its template states.` : 'A mode that can be written.',
        evidence: [{ at: `PersistentVolumeClaim/${name} spec.accessModes`, text: modes.join(', ') }],
      });
    }),

  'STO-170': (evidence) =>
    overClaims(evidence, ({ name, claim }) => {
      const subject = claimSubject(name);
      if (claim === undefined) return skipped(subject, absent);
      if (claim.status?.phase !== 'Bound') return skipped(subject, 'The claim is not Bound.');
      if (resizing(claim).length > 0) return skipped(subject, 'It is being resized. STO-210 says so.');
      const request = claim.spec.resources?.requests?.['storage'];
      const capacity = claim.status.capacity?.['storage'];
      const asked = parseQuantity(request ?? '');
      const has = parseQuantity(capacity ?? '');
      const observed = `Capacity ${capacity ?? 'not stated'}, request ${request ?? 'not stated'}.`;
      if (asked === undefined || has === undefined) {
        return inconclusive(subject, observed, 'Both as Kubernetes quantities.');
      }
      if (has >= asked) return pass(subject, observed);
      return fail(subject, {
        observed,
        expected: `A capacity of ${request} at least.`,
        evidence: [{ at: `PersistentVolumeClaim/${name} status.capacity.storage`, text: capacity ?? '' }],
      });
    }),

  'STO-180': (evidence) =>
    overClaims(evidence, ({ name, claim, template, workload }) => {
      const subject = claimSubject(name);
      if (claim === undefined) return skipped(subject, absent);
      if (template?.size === undefined) return skipped(subject, 'No template states its size.');
      const request = claim.spec.resources?.requests?.['storage'] ?? '';
      const asked = parseQuantity(request);
      const stated = parseQuantity(template.size);
      const owner = subjectKey(workloadSubject(workload));
      const observed = `The claim asks for ${request || 'nothing'}; the template of ${owner} states ${template.size}.`;
      if (asked === undefined || stated === undefined) {
        return inconclusive(subject, observed, 'Both as Kubernetes quantities.');
      }
      if (asked === stated) return pass(subject, observed);
      const finding = {
        observed,
        expected: `A request of ${template.size}.`,
        evidence: [{ at: `PersistentVolumeClaim/${name} spec.resources.requests.storage`, text: request }],
      };
      return asked < stated ? fail(subject, finding) : warn(subject, finding);
    }),

  'STO-190': (evidence) => {
    const claims = [...claimsByName(evidence)];
    if (claims.length === 0) return [skipped(instanceSubject(evidence.topology.instance), noClaim)];
    return claims.map(([name, uses]) => {
      const subject = claimSubject(name);
      const modes = uses[0]?.claim?.spec.accessModes ?? uses[0]?.template?.accessModes ?? [];
      const running = uses.filter(({ workload }) => workload.replicas > 0);
      const users = [...new Set(running.map(({ workload }) => subjectKey(workloadSubject(workload))))];
      const observed = `${modes.join(', ') || 'Access mode unknown'}; used by ${users.join(', ') || 'no running workload'}.`;
      if (users.length < 2 || modes.includes('ReadWriteMany')) return pass(subject, observed);
      const expected = 'One workload, or access mode ReadWriteMany.';
      if (modes.length === 0) return inconclusive(subject, observed, expected);
      return fail(subject, {
        observed,
        expected,
        evidence: users.map((user) => ({ at: `${user} volumes`, text: `persistentVolumeClaim ${name}` })),
      });
    });
  },
});
