import { expectedClaimsOf } from '../topology/claims.ts';
import type { Requirements } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import { workloadsOf } from '../topology/workloads.ts';

/** A claim that will be there once the manifest is applied. */
export interface PlannedClaim {
  readonly name: string;
  /** Kubernetes quantity; undefined where nothing says it. */
  readonly size: string | undefined;
  /** Undefined: the cluster's default class. Empty: none, a volume made by hand. */
  readonly storageClass: string | undefined;
  readonly accessModes: readonly string[];
  /** `StatefulSet/my-release-etcd`; empty for a claim that nothing mounts. */
  readonly usedBy: string;
  /** What must be durable and lies on it; empty where nothing must. */
  readonly keeps: readonly string[];
  /** `declared`: an object of the manifest. `template`: made with its pod. `foreign`: must be there already. */
  readonly made: 'declared' | 'template' | 'foreign';
  /** `file:line` of what makes it, or of what mounts it. */
  readonly place: string | undefined;
}

/** Every claim that applying a manifest makes or needs, those of logs that nobody uses included. */
export function plannedClaims(
  { objects, manifest }: Observation,
  { required }: Requirements,
): readonly PlannedClaim[] {
  const places = manifest?.places ?? {};
  const declared = new Map(objects.PersistentVolumeClaim.map((claim) => [claim.metadata.name, claim]));
  const kept = Map.groupBy(
    required.flatMap(({ what, claims }) => claims.map(({ name }) => ({ name, what }))),
    ({ name }) => name,
  );
  const planned = new Map<string, PlannedClaim>();
  for (const workload of workloadsOf(objects)) {
    const user = `${workload.kind}/${workload.metadata.name}`;
    for (const { name, template, claim } of expectedClaimsOf(workload, declared)) {
      if (planned.has(name)) continue;
      const own = claim && { ...claim.spec, size: claim.spec.resources?.requests?.['storage'] };
      planned.set(name, {
        name,
        size: own?.size ?? template?.size,
        storageClass: own?.storageClassName ?? template?.storageClassName,
        accessModes: own?.accessModes ?? template?.accessModes ?? [],
        usedBy: user,
        keeps: [...new Set(kept.get(name)?.map(({ what }) => what))],
        made: claim !== undefined ? 'declared' : template !== undefined ? 'template' : 'foreign',
        place: places[`PersistentVolumeClaim/${name}`] ?? places[user],
      });
    }
  }
  for (const { metadata, spec } of objects.PersistentVolumeClaim) {
    if (planned.has(metadata.name)) continue;
    planned.set(metadata.name, {
      name: metadata.name,
      size: spec.resources?.requests?.['storage'],
      storageClass: spec.storageClassName,
      accessModes: spec.accessModes ?? [],
      usedBy: '',
      keeps: [],
      made: 'declared',
      place: places[`PersistentVolumeClaim/${metadata.name}`],
    });
  }
  return [...planned.values()];
}
