import type { Evidence } from '../../helpers/engine/context.ts';
import { installedKinds } from '../../helpers/topology/installed-kinds.ts';
import type { Container, ResourceQuota } from '../../helpers/topology/objects.ts';
import { parseQuantity } from '../../helpers/topology/quantity.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { subjectKey, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { findClass } from './find-class.ts';
import { plannedClaims, plannedWorkloads, type PlannedClaim, type PlannedWorkload } from './planned.ts';

/** What each container must name where a quota counts it, and where. Source: Kubernetes, "Resource Quotas". */
const compulsory: Readonly<Record<string, readonly ['requests' | 'limits', 'cpu' | 'memory']>> = {
  cpu: ['requests', 'cpu'],
  memory: ['requests', 'memory'],
  'requests.cpu': ['requests', 'cpu'],
  'requests.memory': ['requests', 'memory'],
  'limits.cpu': ['limits', 'cpu'],
  'limits.memory': ['limits', 'memory'],
};

/** Whether a quota leaves room for the manifest, and lets its pods in at all. */
export function quotaFinding({ metadata, spec, status }: ResourceQuota, evidence: Evidence): Finding {
  const subject = { kind: 'ResourceQuota', name: metadata.name };
  const scopes = [
    ...(spec?.scopes ?? []),
    ...(spec?.scopeSelector?.matchExpressions ?? []).map(({ scopeName }) => scopeName),
  ];
  if (scopes.length > 0) {
    return skipped(
      subject,
      `It counts only pods of the scope ${scopes.join(', ')}; that was not looked into.`,
    );
  }
  const workloads = plannedWorkloads(evidence);
  const asked = askedOfQuota(evidence, workloads);
  const hard = status?.hard ?? spec?.hard ?? {};
  const over = Object.entries(hard).flatMap(([resource, limit]) => {
    const more = asked[resource];
    const most = parseQuantity(limit);
    const used = status?.used?.[resource] ?? '0';
    if (more === undefined || most === undefined || (parseQuantity(used) ?? 0) + more <= most) return [];
    return [{ resource, text: `${resource} has ${limit}, ${used} is used, ${more} more is asked for` }];
  });
  const silent = Object.keys(hard).flatMap((resource) => {
    const containers = workloads.flatMap((each) => containersWithout(each, resource));
    const [first] = containers;
    if (first === undefined) return [];
    const text = `${resource} is counted, and ${containers.length} containers name none: their pods are refused (${first})`;
    return [{ resource, text }];
  });
  const wrong = [...over, ...silent];
  if (wrong.length === 0) return pass(subject, 'It leaves room for the manifest.');
  return fail(subject, {
    observed: `The manifest does not fit in it: ${wrong.map(({ text }) => text).join('; ')}.`,
    expected: 'Room for all of it, and an amount of what is counted in every container.',
    evidence: wrong.map(({ resource }) => ({
      at: `ResourceQuota/${metadata.name} status`,
      text: `${resource}: hard ${hard[resource]}, used ${status?.used?.[resource] ?? 'unknown'}`,
    })),
  });
}

function containersWithout({ workload, pod }: PlannedWorkload, resource: string): readonly string[] {
  const found = compulsory[resource];
  if (found === undefined) return [];
  const [of, what] = found;
  const names = ({ resources }: Container) => resources?.[of]?.[what] !== undefined;
  return [...pod.containers, ...(pod.initContainers ?? [])]
    .filter((container) => !names(container))
    .map(({ name }) => `container ${name} of ${subjectKey(workloadSubject(workload))}`);
}

/** What a manifest adds to each resource that a quota counts. */
function askedOfQuota(
  evidence: Evidence,
  workloads: readonly PlannedWorkload[],
): Readonly<Record<string, number>> {
  const claims = plannedClaims(evidence);
  const sum = (of: 'requests' | 'limits', resource: 'cpu' | 'memory') =>
    workloads.reduce((total, each) => total + each.workload.replicas * each[of][resource], 0);
  const storage = (own: readonly PlannedClaim[]) =>
    own.reduce((total, { size }) => total + (parseQuantity(size ?? '') ?? 0), 0);
  const ofClass = [
    ...Map.groupBy(claims, ({ storageClass }) => storageClass ?? defaultClass(evidence)),
  ].flatMap(([name, own]) => [
    [`${name}.storageclass.storage.k8s.io/requests.storage`, storage(own)],
    [`${name}.storageclass.storage.k8s.io/persistentvolumeclaims`, own.length],
  ]);
  const pods = workloads.reduce((total, { workload }) => total + workload.replicas, 0);
  return {
    ...objectCounts(evidence),
    cpu: sum('requests', 'cpu'),
    memory: sum('requests', 'memory'),
    'requests.cpu': sum('requests', 'cpu'),
    'requests.memory': sum('requests', 'memory'),
    'limits.cpu': sum('limits', 'cpu'),
    'limits.memory': sum('limits', 'memory'),
    pods,
    'count/pods': pods,
    'requests.storage': storage(claims),
    persistentvolumeclaims: claims.length,
    'count/persistentvolumeclaims': claims.length,
    ...Object.fromEntries(ofClass),
  };
}

/** `services`, `count/deployments.apps`: how many objects of each kind the manifest holds. */
function objectCounts({ observation: { manifest } }: Evidence): Readonly<Record<string, number>> {
  const kinds = Object.keys(manifest?.places ?? {}).map((place) => place.split('/', 1)[0] ?? '');
  const counts = [...Map.groupBy(kinds, (kind) => installedKinds[kind])].flatMap(([found, own]) => {
    if (found === undefined) return [];
    const { resource, group } = found;
    const whole = [`count/${resource}${group === '' ? '' : `.${group}`}`, own.length] as const;
    return group === '' ? [whole, [resource, own.length] as const] : [whole];
  });
  return Object.fromEntries(counts);
}

function defaultClass({ observation: { preflight } }: Evidence): string {
  if (preflight?.storageClasses.state !== 'read') return '';
  return findClass(undefined, preflight.storageClasses.items)?.metadata.name ?? '';
}
