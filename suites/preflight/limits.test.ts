import { suite } from '../../helpers/engine/suite.ts';
import { askedBy } from '../../helpers/topology/asked.ts';
import { parseQuantity } from '../../helpers/topology/quantity.ts';
import type { ResourceQuota } from '../../helpers/topology/objects.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, pass } from '../../helpers/verdict/outcomes.ts';
import { claimSubject, workloadSubject } from '../../helpers/verdict/subjects.ts';
import {
  itemsOf,
  plannedClaims,
  plannedWorkloads,
  withManifest,
  type PlannedClaim,
  type PlannedWorkload,
} from './planned.ts';

export default suite('PRE', {
  'PRE-050': (evidence) =>
    withManifest(evidence, ({ quotas }, subject) => {
      const found = itemsOf(quotas, 'resource quotas', subject);
      if ('finding' in found) return [found.finding];
      if (found.items.length === 0) return [pass(subject, 'The namespace has no quota.')];
      const asked = askedOfQuota(plannedWorkloads(evidence), plannedClaims(evidence));
      return found.items.map((quota) => quotaFinding(quota, asked));
    }),

  'PRE-060': (evidence) =>
    withManifest(evidence, ({ limitRanges }, subject) => {
      const found = itemsOf(limitRanges, 'limit ranges', subject);
      if ('finding' in found) return [found.finding];
      if (found.items.length === 0) return [pass(subject, 'The namespace has no limit range.')];
      const limits = found.items.flatMap(({ metadata, spec }) =>
        spec.limits.map((limit) => ({ ...limit, from: `LimitRange/${metadata.name}` })),
      );
      const outside = limits.flatMap((limit) => [
        ...(limit.type === 'PersistentVolumeClaim'
          ? plannedClaims(evidence).flatMap(({ name, size }) => {
              const wrong = outOfRange(
                parseQuantity(size ?? ''),
                limit.min?.['storage'],
                limit.max?.['storage'],
              );
              return wrong === undefined
                ? []
                : [fail(claimSubject(name), rangeFailure(`It asks for ${size}`, wrong, limit.from))];
            })
          : []),
        ...plannedWorkloads(evidence).flatMap((each) =>
          amountsOf(limit.type, each).flatMap(({ what, resource, amount }) => {
            const wrong = outOfRange(amount, limit.min?.[resource], limit.max?.[resource]);
            const observed = `${what} asks for ${amount} of ${resource}`;
            return wrong === undefined
              ? []
              : [fail(workloadSubject(each.workload), rangeFailure(observed, wrong, limit.from))];
          }),
        ),
      ]);
      return outside.length === 0 ? [pass(subject, 'Everything is within the limit range.')] : outside;
    }),
});

/** What a range of this type is held against; what asks for nothing gets the range's own default. */
function amountsOf(type: string, { workload, requests, limits }: PlannedWorkload) {
  const named = [
    ...(type === 'Pod' ? [{ what: 'Each pod', requests, limits }] : []),
    ...(type === 'Container'
      ? workload.template.containers.map((container) => ({
          what: `Container ${container.name}`,
          requests: askedBy({ containers: [container] }, 'requests'),
          limits: askedBy({ containers: [container] }, 'limits'),
        }))
      : []),
  ];
  return named.flatMap(({ what, requests: least, limits: most }) =>
    (['cpu', 'memory'] as const).flatMap((resource) =>
      [...new Set([least[resource], most[resource]])]
        .filter((amount) => amount > 0)
        .map((amount) => ({ what, resource, amount })),
    ),
  );
}

function rangeFailure(observed: string, wrong: string, from: string) {
  return { observed: `${observed}.`, expected: `${wrong}.`, evidence: [{ at: from, text: wrong }] };
}

function outOfRange(
  value: number | undefined,
  min: string | undefined,
  max: string | undefined,
): string | undefined {
  if (value === undefined) return undefined;
  if (min !== undefined && value < (parseQuantity(min) ?? 0)) return `At least ${min}`;
  if (max !== undefined && value > (parseQuantity(max) ?? Number.POSITIVE_INFINITY)) return `At most ${max}`;
  return undefined;
}

/** What a manifest adds to each resource that a quota counts. */
function askedOfQuota(
  workloads: readonly PlannedWorkload[],
  claims: readonly PlannedClaim[],
): Readonly<Record<string, number>> {
  const sum = (of: 'requests' | 'limits', resource: 'cpu' | 'memory') =>
    workloads.reduce((total, each) => total + each.workload.replicas * each[of][resource], 0);
  const storage = (own: readonly PlannedClaim[]) =>
    own.reduce((total, { size }) => total + (parseQuantity(size ?? '') ?? 0), 0);
  const ofClass = [...Map.groupBy(claims, ({ storageClass }) => storageClass ?? '')].flatMap(
    ([name, own]) => [
      [`${name}.storageclass.storage.k8s.io/requests.storage`, storage(own)],
      [`${name}.storageclass.storage.k8s.io/persistentvolumeclaims`, own.length],
    ],
  );
  return {
    cpu: sum('requests', 'cpu'),
    memory: sum('requests', 'memory'),
    'requests.cpu': sum('requests', 'cpu'),
    'requests.memory': sum('requests', 'memory'),
    'limits.cpu': sum('limits', 'cpu'),
    'limits.memory': sum('limits', 'memory'),
    pods: workloads.reduce((total, { workload }) => total + workload.replicas, 0),
    'count/pods': workloads.reduce((total, { workload }) => total + workload.replicas, 0),
    'requests.storage': storage(claims),
    persistentvolumeclaims: claims.length,
    'count/persistentvolumeclaims': claims.length,
    ...Object.fromEntries(ofClass),
  };
}

function quotaFinding(
  { metadata, spec, status }: ResourceQuota,
  asked: Readonly<Record<string, number>>,
): Finding {
  const subject = { kind: 'ResourceQuota', name: metadata.name };
  const hard = status?.hard ?? spec?.hard ?? {};
  const over = Object.entries(hard).flatMap(([resource, limit]) => {
    const more = asked[resource];
    const most = parseQuantity(limit);
    const used = parseQuantity(status?.used?.[resource] ?? '0') ?? 0;
    if (more === undefined || most === undefined || used + more <= most) return [];
    return [{ resource, limit, used: status?.used?.[resource] ?? '0', more }];
  });
  if (over.length === 0) return pass(subject, 'It leaves room for the manifest.');
  return fail(subject, {
    observed: `The manifest exceeds it: ${over.map(({ resource, limit, used, more }) => `${resource} has ${limit}, ${used} is used, ${more} more is asked for`).join('; ')}.`,
    expected: 'Room for all of it.',
    evidence: over.map(({ resource, limit, used }) => ({
      at: `ResourceQuota/${metadata.name} status`,
      text: `${resource}: hard ${limit}, used ${used}`,
    })),
  });
}
