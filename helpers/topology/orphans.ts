import type { Claim } from './objects.ts';
import type { Workload } from './model.ts';
import { claimsByName, expectedClaimsOf } from './claims.ts';

/** What the charts call the stores of an instance: release name, dash, one of these. */
const storeNames = [
  'milvus',
  'etcd',
  'minio',
  'kafka',
  'kafka-zookeeper',
  'zookeeper',
  'pulsar',
  'pulsarv3',
  'woodpecker',
  'data',
];

/**
 * Claims that look like this instance's but that no workload of the namespace names: left by a scale-down, or by a
 * store or log of an earlier configuration. Told by the names of this instance's claim templates, by the labels that
 * charts put on claims, and where there are none by the name. A claim that a pod owns (an ephemeral volume) goes with
 * that pod and is none.
 */
export function orphanClaims(
  claims: readonly Claim[],
  instance: {
    readonly name: string;
    readonly others: readonly string[];
    readonly workloads: readonly Workload[];
  },
  allWorkloads: readonly Workload[],
): readonly Claim[] {
  const found = claimsByName(claims);
  const named = new Set(
    allWorkloads.flatMap((workload) => expectedClaimsOf(workload, found).map(({ name }) => name)),
  );
  return claims.filter(
    (claim) =>
      !named.has(claim.metadata.name) &&
      claim.metadata.ownerReferences?.some(({ kind }) => kind === 'Pod') !== true &&
      (isOfTemplate(claim.metadata.name, instance.workloads) ||
        belongs(claim, instance.name, instance.others)),
  );
}

function isOfTemplate(name: string, workloads: readonly Workload[]): boolean {
  return workloads.some(({ claimTemplates, metadata }) =>
    claimTemplates.some((template) => {
      const prefix = `${template.name}-${metadata.name}-`;
      return name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length));
    }),
  );
}

function belongs({ metadata }: Claim, instance: string, others: readonly string[]): boolean {
  const { labels = {} } = metadata;
  const label = labels['app.kubernetes.io/instance'] ?? labels['release'];
  if (label !== undefined) return releasesOf(instance).has(label) && !others.includes(label);
  // `my` must not take what is `my-release`'s.
  const isAnothers = others.some((other) => other.length > instance.length && mentions(metadata.name, other));
  return !isAnothers && mentions(metadata.name, instance);
}

/** The instance's own Helm release, and those that the operator makes for its stores. */
function releasesOf(instance: string): ReadonlySet<string> {
  return new Set([instance, ...storeNames.map((store) => `${instance}-${store}`)]);
}

function mentions(claim: string, instance: string): boolean {
  return storeNames.some((store) => `-${claim}-`.includes(`-${instance}-${store}-`));
}
