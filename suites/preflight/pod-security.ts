import { isRecord } from '../../helpers/topology/environment.ts';

type Spec = Readonly<Record<string, unknown>>;

/**
 * What of a pod a Pod Security level forbids; `privileged` forbids nothing. The rules that charts of databases meet,
 * not every one. Source: Kubernetes, "Pod Security Standards".
 */
export function violations(spec: Spec, level: string): readonly string[] {
  if (level !== 'baseline' && level !== 'restricted') return [];
  const containers = [...records(spec['containers']), ...records(spec['initContainers'])];
  const found = [
    ...baseline(spec, containers),
    ...(level === 'restricted' ? restricted(spec, containers) : []),
  ];
  return [...new Set(found)];
}

function baseline(spec: Spec, containers: readonly Spec[]): readonly string[] {
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC']
      .filter((field) => spec[field] === true)
      .map((field) => `${field} is true`),
    ...records(spec['volumes']).flatMap(({ name, hostPath }) =>
      hostPath === undefined ? [] : [`volume ${String(name)} is a hostPath`],
    ),
    ...containers.flatMap((container) => {
      const name = String(container['name']);
      const hasHostPort = records(container['ports']).some(
        ({ hostPort }) => hostPort !== undefined && hostPort !== 0,
      );
      return [
        ...(contextOf(container)['privileged'] === true ? [`container ${name} is privileged`] : []),
        ...(hasHostPort ? [`container ${name} has a hostPort`] : []),
      ];
    }),
  ];
}

function restricted(spec: Spec, containers: readonly Spec[]): readonly string[] {
  const pod = contextOf(spec);
  return containers.flatMap((container) => {
    const name = String(container['name']);
    const own = contextOf(container);
    const either = (field: string) => own[field] ?? pod[field];
    const drops = isRecord(own['capabilities']) ? own['capabilities']['drop'] : undefined;
    const profile = either('seccompProfile');
    return [
      ...(either('runAsNonRoot') === true ? [] : [`container ${name} does not set runAsNonRoot`]),
      ...(either('runAsUser') === 0 ? [`container ${name} runs as user 0`] : []),
      ...(own['allowPrivilegeEscalation'] === false
        ? []
        : [`container ${name} does not set allowPrivilegeEscalation: false`]),
      ...(Array.isArray(drops) && drops.includes('ALL')
        ? []
        : [`container ${name} does not drop ALL capabilities`]),
      ...(isRecord(profile) && (profile['type'] === 'RuntimeDefault' || profile['type'] === 'Localhost')
        ? []
        : [`container ${name} has no seccompProfile`]),
    ];
  });
}

function contextOf(spec: Spec): Spec {
  return isRecord(spec['securityContext']) ? spec['securityContext'] : {};
}

function records(value: unknown): readonly Spec[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
