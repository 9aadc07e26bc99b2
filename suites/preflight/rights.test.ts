import { suite } from '../../helpers/engine/suite.ts';
import { fail, pass, skipped, warn } from '../../helpers/verdict/outcomes.ts';
import { namespaceSubject } from './planned.ts';

export default suite('PRE', {
  'PRE-010': (evidence) => {
    const subject = namespaceSubject(evidence);
    const rights = evidence.observation.preflight?.rights ?? [];
    if (rights.length === 0) return [skipped(subject, 'No right was asked for.')];
    const lacking = rights.filter(({ allowed }) => !allowed);
    if (lacking.length === 0) return [pass(subject, `All ${rights.length} rights are there.`)];
    return lacking.map(({ text, purpose, required }) => {
      const failure = {
        observed: `These credentials may not ${text}.`,
        expected: `Leave to ${text}: ${purpose}.`,
        evidence: [{ at: 'SelfSubjectAccessReview', text: `${text}: not allowed` }],
      };
      return required ? fail(subject, failure) : warn(subject, failure);
    });
  },
});
