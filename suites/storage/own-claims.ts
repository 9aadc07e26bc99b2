import type { Judge } from '../../helpers/engine/context.ts';
import type { Requirement, StoreRole } from '../../helpers/topology/model.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { sayerOf } from './backing.ts';
import { overRequirements, requirementEvidence, requirementSubject, sentence } from './scope.ts';

/** Each replica of these stores' workloads has a claim that no other replica has. */
export function ownClaims(roles: readonly StoreRole[]): Judge {
  return (evidence) => overRequirements(evidence, roles, judgeOwnClaims);
}

function judgeOwnClaims(requirement: Requirement): Finding {
  const subject = requirementSubject(requirement);
  const { what, workload, claims, sharing } = requirement;
  const sayer = sayerOf(requirement);
  if (sayer !== undefined) return skipped(subject, sentence(`${what} is not on a claim. ${sayer} says so.`));
  if (sharing === 'shared')
    return skipped(subject, `Must be on one claim that all share, not on claims of their own.`);
  if (workload.replicas === 0) return skipped(subject, sentence(`${what} has no replica. STO-010 says so.`));
  const names = new Set(claims.map(({ name }) => name));
  const list = [...names].join(', ') || 'none';
  const observed = `${workload.replicas} replicas keep ${what} on ${names.size} claims: ${list}.`;
  if (names.size >= workload.replicas) return pass(subject, observed);
  return fail(subject, {
    observed,
    expected: `${workload.replicas} claims, one for each replica.`,
    evidence: requirementEvidence(requirement, `claims ${list}`),
  });
}
