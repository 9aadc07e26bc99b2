import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import { askedBy } from '../../helpers/topology/asked.ts';
import { parseQuantity } from '../../helpers/topology/quantity.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, pass } from '../../helpers/verdict/outcomes.ts';
import { claimSubject, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { itemsOf, plannedClaims, plannedWorkloads, withManifest, type PlannedWorkload } from './planned.ts';
import { quotaFinding } from './quota.ts';

export default suite('PRE', {
  'PRE-050': (evidence) =>
    withManifest(evidence, ({ quotas }, subject) => {
      const found = itemsOf(quotas, 'resource quotas', subject);
      if ('finding' in found) return [found.finding];
      if (found.items.length === 0) return [pass(subject, 'The namespace has no quota.')];
      return found.items.map((quota) => quotaFinding(quota, evidence));
    }),

  'PRE-060': (evidence) =>
    withManifest(evidence, ({ limitRanges }, subject) => {
      const found = itemsOf(limitRanges, 'limit ranges', subject);
      if ('finding' in found) return [found.finding];
      if (found.items.length === 0) return [pass(subject, 'The namespace has no limit range.')];
      const limits = found.items.flatMap(({ metadata, spec }) =>
        spec.limits.map((limit) => ({ ...limit, from: `LimitRange/${metadata.name}` })),
      );
      const planned = plannedWorkloads(evidence);
      const outside = [
        ...limits.flatMap((limit) => [...claimsOutside(limit, evidence), ...podsOutside(limit, planned)]),
        ...planned.flatMap(aboveLimit),
      ];
      return outside.length === 0 ? [pass(subject, 'Everything is within the limit range.')] : outside;
    }),
});

/** One line of a limit range, and the range that it is of. */
interface Limit {
  readonly type: string;
  readonly min?: Readonly<Record<string, string>>;
  readonly max?: Readonly<Record<string, string>>;
  readonly from: string;
}

function claimsOutside({ type, min, max, from }: Limit, evidence: Evidence): readonly Finding[] {
  if (type !== 'PersistentVolumeClaim') return [];
  return plannedClaims(evidence).flatMap(({ name, size }) => {
    const wrong = outOfRange(parseQuantity(size ?? ''), min?.['storage'], max?.['storage']);
    return wrong === undefined
      ? []
      : [fail(claimSubject(name), rangeFailure(`It asks for ${size}`, wrong, from))];
  });
}

function podsOutside(limit: Limit, planned: readonly PlannedWorkload[]): readonly Finding[] {
  return planned.flatMap((each) => {
    const subject = workloadSubject(each.workload);
    const outside = amountsOf(limit.type, each).flatMap(({ what, resource, amount }) => {
      const wrong = outOfRange(amount, limit.min?.[resource], limit.max?.[resource]);
      const observed = `${what} asks for ${amount} of ${resource}`;
      return wrong === undefined ? [] : [fail(subject, rangeFailure(observed, wrong, limit.from))];
    });
    const silent = unnamed(limit, each).map((what) =>
      fail(
        subject,
        rangeFailure(`Each pod names no ${what}`, `A ${what}, since the range bounds it`, limit.from),
      ),
    );
    return [...outside, ...silent];
  });
}

/** What a range over whole pods bounds, and none of their containers names: the server refuses such a pod. */
function unnamed({ type, min, max }: Limit, { requests, limits }: PlannedWorkload): readonly string[] {
  if (type !== 'Pod') return [];
  return (['cpu', 'memory'] as const).flatMap((resource) => [
    ...(min?.[resource] !== undefined && requests[resource] === 0 ? [`request of ${resource}`] : []),
    ...(max?.[resource] !== undefined && limits[resource] === 0 ? [`limit of ${resource}`] : []),
  ]);
}

/** Containers that ask for more than the limit that they have or that a range gives them: the server refuses such a pod. */
function aboveLimit({ workload, pod }: PlannedWorkload): readonly Finding[] {
  return [...pod.containers, ...(pod.initContainers ?? [])].flatMap(({ name, resources }) =>
    Object.entries(resources?.requests ?? {}).flatMap(([resource, request]) => {
      const limit = resources?.limits?.[resource];
      const least = parseQuantity(request);
      const most = limit === undefined ? undefined : parseQuantity(limit);
      if (least === undefined || most === undefined || least <= most) return [];
      return [
        fail(workloadSubject(workload), {
          observed: `Container ${name} asks for ${request} of ${resource}, and its limit is ${limit}, by itself or by the default of a limit range.`,
          expected: 'A limit that is not below the request.',
        }),
      ];
    }),
  );
}

/** What a range of this type is held against. */
function amountsOf(type: string, { pod, requests, limits }: PlannedWorkload) {
  const named = [
    ...(type === 'Pod' ? [{ what: 'Each pod', requests, limits }] : []),
    ...(type === 'Container'
      ? pod.containers.map((container) => ({
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
