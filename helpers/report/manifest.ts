import type { PlannedClaim } from '../manifest/claims.ts';
import { willLast, type ManifestSummary } from '../manifest/summary.ts';
import { backingText, locationText } from './discovery.ts';

/** A manifest as `manifests --json` prints it, beside the results of its checks. */
export function manifestRecord(summary: ManifestSummary) {
  const { topology, requirements, files, objects, claims, images, asked } = summary;
  return {
    schemaVersion: 1,
    files,
    objects,
    instance: topology.instance,
    logType: topology.logType,
    configuredBy: topology.configuration.from,
    components: topology.components.map(({ role, image, workload }) => ({
      role,
      image,
      workload: `${workload.kind}/${workload.metadata.name}`,
      replicas: workload.replicas,
    })),
    stores: topology.stores.map(({ role, product, location, because }) => ({
      role,
      product,
      place: locationText(location),
      because,
    })),
    claims,
    mustBeDurable: requirements.required.map((requirement) => ({
      id: requirement.id,
      what: requirement.what,
      reason: requirement.reason,
      workload: `${requirement.workload.kind}/${requirement.workload.metadata.name}`,
      path: requirement.path,
      willLast: willLast(requirement),
      liesOn: backingText(requirement.backing),
      claims: requirement.claims.map(({ name }) => name),
    })),
    mustBeDurableButMissing: requirements.missing,
    needNotBeDurable: requirements.exempt,
    images,
    asked,
  };
}

/** Bytes in the largest binary unit of at least one: `2 TiB`, `1.5 GiB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  return `${Math.round((bytes / 2 ** (10 * step)) * 100) / 100} ${units[step]}`;
}

/** The class of a claim, in words. */
export function classText({ storageClass }: Pick<PlannedClaim, 'storageClass'>): string {
  if (storageClass === undefined) return '(default)';
  return storageClass === '' ? '(none: made by hand)' : storageClass;
}

/** `data-etcd-{0..2}` for names that differ in a last number that counts up; else all of them. */
export function foldNames(names: readonly string[]): string {
  const parts = names.map((name) => /^(.*-)(\d+)$/.exec(name));
  const [first] = parts;
  const counts = parts.every(
    (part, at) => part !== null && part[1] === first?.[1] && Number(part[2]) === Number(first?.[2]) + at,
  );
  if (names.length < 2 || !counts) return names.join(', ');
  return `${first?.[1]}{${first?.[2]}..${parts.at(-1)?.[2]}}`;
}
