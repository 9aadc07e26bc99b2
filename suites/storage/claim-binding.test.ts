import type { Evidence, Judge } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { ExpectedClaim } from '../../helpers/topology/model.ts';
import type { Claim } from '../../helpers/topology/objects.ts';
import { claimTrouble, type ClaimTrouble } from '../../helpers/verdict/claim-trouble.ts';
import { quote } from '../../helpers/verdict/events.ts';
import type { Evidence as Seen, Finding, Subject } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped, unread } from '../../helpers/verdict/outcomes.ts';
import { claimSubject } from '../../helpers/verdict/subjects.ts';
import { overClaims, waitingPods } from './scope.ts';

interface Pending {
  readonly claim: Claim;
  readonly uses: readonly ExpectedClaim[];
  readonly subject: Subject;
  readonly trouble: ClaimTrouble;
  readonly seen: readonly Seen[];
  readonly stops: readonly Subject[];
  readonly evidence: Evidence;
}

/** A judge of claims that exist and are not Bound: `say` answers for its own trouble, undefined for another’s. */
function unbound(say: (pending: Pending) => Finding | undefined): Judge {
  return (evidence) =>
    overClaims(evidence, ({ name, claim }, uses) => {
      const subject = claimSubject(name);
      if (claim === undefined) return skipped(subject, 'The claim does not exist. STO-110 says so.');
      const trouble = claimTrouble(claim, evidence.observation);
      if (trouble.kind === 'bound') return pass(subject, 'Bound.');
      const seen = [
        { at: `PersistentVolumeClaim/${name} status.phase`, text: claim.status?.phase ?? 'none' },
        ...('events' in trouble ? trouble.events.slice(-2).map(quote) : []),
      ];
      const pending = { claim, uses, subject, trouble, seen, stops: waitingPods(uses), evidence };
      return say(pending) ?? skipped(subject, `Not Bound (${trouble.kind}): another check says why.`);
    });
}

export default suite('STO', {
  'STO-110': (evidence) =>
    overClaims(evidence, ({ name, claim, workload, pod }, uses) => {
      const user = pod === undefined ? `${workload.kind}/${workload.metadata.name}` : `Pod/${pod}`;
      const subject = claimSubject(name);
      if (claim !== undefined) return pass(subject, `Exists; used by ${user}.`);
      return fail(subject, {
        observed: `No claim ${name} in namespace ${evidence.observation.namespace}.`,
        expected: `A claim of that name, which ${user} mounts.`,
        stops: waitingPods(uses),
      });
    }),

  'STO-120': unbound(({ claim, trouble, subject, seen, stops, uses }) => {
    const expected = 'Phase Bound.';
    const { name } = claim.metadata;
    switch (trouble.kind) {
      case 'lost':
        return fail(subject, {
          observed: `The claim is Lost: its volume ${claim.spec.volumeName ?? ''} is gone.`,
          expected,
          evidence: seen,
          remedy:
            'Restore the data from a backup into a new claim; on a replicated store the other replicas fill it.',
          stops,
        });
      case 'waits for its pod': {
        const held = heldBack(uses);
        if (held !== undefined) {
          return skipped(
            subject,
            `It binds when its pod is scheduled, and Pod/${held} is not: HLT-070 says why.`,
          );
        }
        return fail(subject, {
          observed:
            'The claim is Pending: it binds when a pod that uses it is scheduled (WaitForFirstConsumer).',
          expected,
          evidence: seen,
          remedy: `If no pod uses ${name}, start the workload; if one does, \`kubectl describe pod\` says why it is not scheduled.`,
          stops,
        });
      }
      case 'pending':
        return fail(subject, {
          observed: 'The claim is Pending, and no event says why.',
          expected,
          evidence: seen,
          remedy: `Look whether the provisioner of class ${claim.spec.storageClassName ?? '(default)'} runs, and at its log.`,
          stops,
        });
      default:
        return undefined;
    }
  }),

  'STO-140': unbound(({ trouble, subject, seen, stops, evidence, claim }) => {
    if (trouble.kind === 'no such class') {
      return fail(subject, {
        observed: `The claim is Pending: its storage class ${trouble.className} does not exist.`,
        expected: `A storage class that exists${existingClasses(evidence)}.`,
        evidence: seen,
        stops,
      });
    }
    if (trouble.kind === 'no default class') {
      return fail(subject, {
        observed: 'The claim is Pending: it names no storage class, and no class is the default.',
        expected: `A class by name, or one marked as default${existingClasses(evidence)}.`,
        evidence: seen,
        stops,
      });
    }
    const unreadClasses = unread(evidence.observation, 'StorageClass');
    if (unreadClasses === undefined)
      return pass(subject, `Class ${claim.spec.storageClassName ?? '(default)'} exists.`);
    return inconclusive(
      subject,
      `The claim is Pending. ${unreadClasses}`,
      'Leave to list storage classes.',
      seen,
    );
  }),

  'STO-150': unbound(({ trouble, subject, seen, stops }) => {
    if (trouble.kind !== 'provisioner failed') return undefined;
    return fail(subject, {
      observed: `The claim is Pending: its provisioner failed. ${trouble.events.at(-1)?.message ?? ''}`,
      expected: 'A volume made by the provisioner of its class.',
      evidence: seen,
      stops,
    });
  }),
});

function existingClasses({ observation }: Evidence): string {
  const names = observation.objects.StorageClass.map(({ metadata }) => metadata.name);
  return names.length === 0 ? '' : ` (there are: ${names.join(', ')})`;
}

/** The pod that this claim waits for, when that pod is unscheduled for a reason other than its volumes. */
function heldBack(uses: readonly ExpectedClaim[]): string | undefined {
  const pods = uses.flatMap(({ pod, workload }) =>
    workload.pods.filter(({ metadata }) => pod === undefined || metadata.name === pod),
  );
  const held = pods.find(({ status }) =>
    status?.conditions?.some(
      ({ type, status, message }) =>
        type === 'PodScheduled' && status === 'False' && !/volume/i.test(message ?? ''),
    ),
  );
  return held?.metadata.name;
}
