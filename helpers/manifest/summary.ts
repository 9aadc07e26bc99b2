import { askedBy } from '../topology/asked.ts';
import type { Requirement, Requirements, Topology } from '../topology/model.ts';
import { parseQuantity } from '../topology/quantity.ts';
import { plannedClaims, type PlannedClaim } from './claims.ts';
import { imagesOf, plannedPods } from './pods.ts';
import type { Rendered } from './render.ts';

/** What a manifest will bring into a cluster, before anything of it is judged. */
export interface ManifestSummary {
  readonly topology: Topology;
  readonly requirements: Requirements;
  readonly files: readonly string[];
  readonly objects: number;
  readonly claims: readonly PlannedClaim[];
  readonly images: readonly string[];
  readonly asked: Asked;
}

/** Sums over all pods that stay; Jobs run once and are counted apart. CPU in cores, memory and storage in bytes. */
export interface Asked {
  readonly pods: number;
  readonly requests: { readonly cpu: number; readonly memory: number };
  readonly limits: { readonly cpu: number; readonly memory: number };
  readonly storage: number;
  /** Containers, each as often as its pod, that ask for no CPU or no memory: the sums say nothing of them. */
  readonly silentContainers: number;
  readonly jobs: number;
}

export function summarize(
  { objects, observation }: Rendered,
  topology: Topology,
  requirements: Requirements,
): ManifestSummary {
  const pods = plannedPods(objects);
  const claims = plannedClaims(observation, requirements);
  return {
    topology,
    requirements,
    files: observation.manifest?.files ?? [],
    objects: objects.length,
    claims,
    images: imagesOf(pods),
    asked: {
      ...sums(pods.filter(({ ends }) => !ends)),
      storage: claims
        .filter(({ made }) => made !== 'foreign')
        .reduce((total, { size }) => total + (parseQuantity(size ?? '') ?? 0), 0),
      jobs: pods.filter(({ ends }) => ends).length,
    },
  };
}

function sums(pods: ReturnType<typeof plannedPods>): Omit<Asked, 'storage' | 'jobs'> {
  const count = (replicas: number | undefined) => replicas ?? 1;
  const total = (of: 'requests' | 'limits', resource: 'cpu' | 'memory') =>
    pods.reduce((sum, pod) => sum + count(pod.replicas) * askedBy(pod, of)[resource], 0);
  const silent = pods.map((pod) => {
    const quiet = pod.containers.filter((container) => {
      const { cpu, memory } = askedBy({ containers: [container] }, 'requests');
      return cpu === 0 || memory === 0;
    });
    return quiet.length * count(pod.replicas);
  });
  return {
    pods: pods.reduce((sum, { replicas }) => sum + count(replicas), 0),
    requests: { cpu: total('requests', 'cpu'), memory: total('requests', 'memory') },
    limits: { cpu: total('limits', 'cpu'), memory: total('limits', 'memory') },
    silentContainers: silent.reduce((sum, number) => sum + number, 0),
  };
}

/** Whether what must be durable will be. */
export function willLast({ backing, claims }: Requirement): boolean {
  return backing.kind === 'claim' && claims.length > 0;
}
