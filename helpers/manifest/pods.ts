import { isRecord } from '../topology/environment.ts';
import type { ManifestObject } from '../topology/manifest-objects.ts';

/** A pod that a manifest will start, of whatever kind starts it, so often. */
export interface PlannedPod {
  readonly kind: string;
  readonly name: string;
  readonly place: string;
  /** Undefined where the cluster decides (a DaemonSet). */
  readonly replicas: number | undefined;
  /** A Job runs once and ends. */
  readonly ends: boolean;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly containers: readonly Readonly<Record<string, unknown>>[];
  readonly initContainers: readonly Readonly<Record<string, unknown>>[];
}

/** Every pod template of a manifest, of any kind that has one. */
export function plannedPods(objects: readonly ManifestObject[]): readonly PlannedPod[] {
  return objects.flatMap(({ kind, name, place, object }) => {
    const spec = podSpecOf(kind, object['spec']);
    if (spec === undefined) return [];
    const counted = isRecord(object['spec']) ? object['spec']['replicas'] : undefined;
    return [
      {
        kind,
        name,
        place,
        replicas: kind === 'DaemonSet' ? undefined : typeof counted === 'number' ? counted : 1,
        ends: kind === 'Job' || kind === 'CronJob',
        spec,
        containers: records(spec['containers']),
        initContainers: records(spec['initContainers']),
      },
    ];
  });
}

function podSpecOf(kind: string, spec: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(spec)) return undefined;
  if (kind === 'Pod') return spec;
  const job = spec['jobTemplate'];
  const owner = isRecord(job) && isRecord(job['spec']) ? job['spec'] : spec;
  const template = owner['template'];
  return isRecord(template) && isRecord(template['spec']) ? template['spec'] : undefined;
}

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Images of all containers as they are named, each once, sorted. */
export function imagesOf(pods: readonly PlannedPod[]): readonly string[] {
  const images = pods
    .flatMap(({ containers, initContainers }) => [...containers, ...initContainers])
    .flatMap(({ image }) => (typeof image === 'string' && image !== '' ? [image] : []));
  return [...new Set(images)].toSorted();
}
