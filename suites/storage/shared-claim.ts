import type { Requirement } from '../../helpers/topology/model.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, pass } from '../../helpers/verdict/outcomes.ts';
import { requirementEvidence, requirementSubject, sentence } from './scope.ts';

/** What several pods must share lies on one claim that several nodes may write; `all` are the places to be shared. */
export function judgeSharedClaim(requirement: Requirement, all: readonly Requirement[]): Finding {
  const subject = requirementSubject(requirement);
  const claims = all.flatMap((each) => each.claims);
  const names = [...new Set(claims.map(({ name }) => name))];
  const modes = claims.flatMap(
    ({ claim, template }) => claim?.spec.accessModes ?? template?.accessModes ?? [],
  );
  const observed = sentence(
    `${requirement.what} is on claim ${names.join(', ')} (${[...new Set(modes)].join(', ') || 'access mode unknown'}).`,
  );
  if (names.length === 1 && modes.includes('ReadWriteMany')) return pass(subject, observed);
  return fail(subject, {
    observed,
    expected: `One claim with access mode ReadWriteMany, mounted over ${requirement.path} wherever it is written: ${requirement.reason}.`,
    evidence: requirementEvidence(requirement, `claims ${names.join(', ') || 'none'}`),
  });
}
