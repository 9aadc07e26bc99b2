import type { Evidence } from '../../helpers/engine/context.ts';
import type { ExpectedClaim, Requirement, StoreRole } from '../../helpers/topology/model.ts';
import { isReady } from '../../helpers/topology/readiness.ts';
import type { Evidence as Seen, Finding, Subject } from '../../helpers/verdict/finding.ts';
import { inconclusive, skipped } from '../../helpers/verdict/outcomes.ts';
import {
  instanceSubject,
  podSubject,
  storeSubject,
  subjectKey,
  workloadSubject,
} from '../../helpers/verdict/subjects.ts';

/** Requirements about some stores; each store without one as a finding that says why. */
export function overRequirements(
  evidence: Evidence,
  roles: readonly StoreRole[],
  judge: (requirement: Requirement) => Finding,
): readonly Finding[] {
  const unreadable = unreadableConfiguration(evidence);
  if (unreadable !== undefined) return [unreadable];
  const { required, exempt } = evidence.requirements;
  const found = required.filter(({ store }) => roles.includes(store));
  const others = roles.filter((role) => !found.some(({ store }) => store === role));
  return [
    ...found.map(judge),
    ...others.flatMap((role) => {
      const reasons = exempt.filter(({ store }) => store === role).map(({ reason }) => reason);
      if (reasons.length > 0)
        return reasons.map((reason) => skipped(storeSubject({ role }), sentence(reason)));
      return [withoutRequirement(role, evidence)];
    }),
  ];
}

/** Nothing can be derived from a configuration that could not be read; CFG-010 fails for it. */
export function unreadableConfiguration({ topology }: Evidence): Finding | undefined {
  const problem = topology.problems.find(({ about }) => about === 'configuration');
  return problem === undefined
    ? undefined
    : skipped(
        problem.subject,
        `What must be kept follows from the configuration, and CFG-010 says: ${problem.detail}`,
      );
}

function withoutRequirement(role: StoreRole, { topology, requirements }: Evidence): Finding {
  const subject = storeSubject({ role });
  const missing = requirements.missing.find(({ store }) => store === role);
  if (missing !== undefined)
    return skipped(subject, `Not there: ${sentence(missing.reason)} Another check says so.`);
  if (role === 'log' && topology.logType === undefined) {
    return skipped(subject, 'Which log is used is not known. WAL-010 says so.');
  }
  return inconclusive(
    subject,
    `What must be durable for the ${role} store could not be derived.`,
    'A requirement, or the reason why there is none.',
  );
}

/** A reason (`because x is y, …`) as a sentence. */
export function sentence(reason: string): string {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return text.endsWith('.') ? text : `${text}.`;
}

export const noClaim = 'No workload of this instance names a claim.';

/** Each claim that the workloads name, once, with the workloads that name it. */
export function claimsByName({ topology }: Evidence): ReadonlyMap<string, readonly ExpectedClaim[]> {
  return Map.groupBy(topology.expectedClaims, ({ name }) => name);
}

/** Applies a judge to each claim; without any the check does not apply. */
export function overClaims(
  evidence: Evidence,
  judge: (expected: ExpectedClaim, uses: readonly ExpectedClaim[]) => Finding,
): readonly Finding[] {
  const subject = instanceSubject(evidence.topology.instance);
  const claims = [...claimsByName(evidence).values()];
  if (claims.length === 0) return [skipped(subject, noClaim)];
  if (evidence.observation.source.kind === 'manifest') {
    return [skipped(subject, 'A manifest that is not applied: no claim exists yet.')];
  }
  return claims.flatMap((uses) => uses.slice(0, 1).map((expected) => judge(expected, uses)));
}

/** Pods that wait for this claim: those of its users that are not Ready. */
export function waitingPods(uses: readonly ExpectedClaim[]): readonly Subject[] {
  const pods = uses.flatMap(({ pod, workload }) =>
    workload.pods.filter(({ metadata }) => pod === undefined || metadata.name === pod),
  );
  return pods.filter((pod) => !isReady(pod)).map((pod) => podSubject(pod));
}

export function requirementSubject({ workload }: Requirement): Subject {
  return workloadSubject(workload);
}

/** Where a requirement was looked at, and why it is one. */
export function requirementEvidence(requirement: Requirement, text: string): readonly Seen[] {
  const { workload, container, path, reason } = requirement;
  return [
    { at: `${subjectKey(workloadSubject(workload))} container ${container.name}, path ${path}`, text },
    { at: 'Required', text: sentence(reason) },
  ];
}
