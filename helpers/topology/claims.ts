import type { Claim } from './objects.ts';
import type { ExpectedClaim, Workload } from './model.ts';

export function claimsByName(claims: readonly Claim[]): ReadonlyMap<string, Claim> {
  return new Map(claims.map((claim) => [claim.metadata.name, claim]));
}

/**
 * The claims that a workload names: a StatefulSet's claim templates times its replicas, the claims of its pod
 * template (one for all replicas), and those of pods that are there beyond that (a scale-down or an update under way).
 */
export function expectedClaimsOf(
  workload: Workload,
  found: ReadonlyMap<string, Claim>,
): readonly ExpectedClaim[] {
  const expected = new Map<string, ExpectedClaim>();
  const add = (name: string, entry: Pick<ExpectedClaim, 'pod' | 'volumeName' | 'template'>): void => {
    if (expected.has(name)) return;
    expected.set(name, { name, workload, ...entry, claim: found.get(name) });
  };
  const setName = workload.metadata.name;
  for (const template of workload.claimTemplates) {
    for (let ordinal = 0; ordinal < workload.replicas; ordinal += 1) {
      const pod = `${setName}-${ordinal}`;
      add(`${template.name}-${pod}`, { pod, volumeName: template.name, template });
    }
  }
  const barePod = workload.kind === 'Pod' ? setName : undefined;
  for (const { name, persistentVolumeClaim } of workload.template.volumes ?? []) {
    if (persistentVolumeClaim === undefined) continue;
    add(persistentVolumeClaim.claimName, { pod: barePod, volumeName: name, template: undefined });
  }
  for (const { metadata, spec } of workload.pods) {
    for (const { name, persistentVolumeClaim } of spec.volumes ?? []) {
      if (persistentVolumeClaim === undefined) continue;
      const template = workload.claimTemplates.find((candidate) => candidate.name === name);
      add(persistentVolumeClaim.claimName, { pod: metadata.name, volumeName: name, template });
    }
  }
  return [...expected.values()];
}
