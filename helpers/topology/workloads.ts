import type { Claim, Deployment, Pod, StatefulSet } from './objects.ts';
import type { ClaimTemplate, Workload } from './model.ts';
import type { ObjectsByKind } from './observation.ts';
import { matches } from './selectors.ts';

/**
 * Every Deployment and StatefulSet with the pods that its owner references lead to (a Deployment's through its
 * ReplicaSets), then every pod that neither owns, each as a workload of its own. Pods of Jobs are left out: they run
 * once and keep nothing.
 */
export function workloadsOf(objects: ObjectsByKind): readonly Workload[] {
  const owner = ownerFinder(objects);
  const podsByOwner = Map.groupBy(objects.Pod, (pod) => owner(pod));
  const podsOf = (object: Deployment | StatefulSet) => podsByOwner.get(object) ?? [];
  return [
    ...objects.Deployment.map((deployment) => fromDeployment(deployment, podsOf(deployment))),
    ...objects.StatefulSet.map((set) => fromStatefulSet(set, podsOf(set))),
    ...(podsByOwner.get('none') ?? []).map(fromPod),
  ];
}

type Owner = Deployment | StatefulSet | 'none' | 'job';

function ownerFinder(objects: ObjectsByKind): (pod: Pod) => Owner {
  const deployments = byUid(objects.Deployment);
  const statefulSets = byUid(objects.StatefulSet);
  const replicaSets = byUid(objects.ReplicaSet);
  return (pod) => {
    const reference = controllerOf(pod.metadata.ownerReferences);
    switch (reference?.kind) {
      case undefined:
        return 'none';
      case 'Job':
        return 'job';
      case 'StatefulSet':
        return statefulSets.get(reference.uid) ?? 'none';
      case 'ReplicaSet': {
        const deployment = controllerOf(replicaSets.get(reference.uid)?.metadata.ownerReferences);
        return (
          deployments.get(deployment?.uid ?? '') ??
          ownerByName(objects.Deployment, reference.name, pod) ??
          'none'
        );
      }
      default:
        return 'none';
    }
  };
}

/** Where ReplicaSets could not be read: theirs is the Deployment's name, a dash and the template's hash. */
function ownerByName(
  deployments: readonly Deployment[],
  replicaSet: string,
  pod: Pod,
): Deployment | undefined {
  const hash = pod.metadata.labels?.['pod-template-hash'];
  return deployments.find(
    ({ metadata, spec }) =>
      `${metadata.name}-${hash}` === replicaSet && matches(spec.selector, pod.metadata.labels ?? {}),
  );
}

function controllerOf(references: Pod['metadata']['ownerReferences']) {
  return references?.find(({ controller }) => controller === true);
}

function byUid<T extends { readonly metadata: { readonly uid?: string } }>(
  objects: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(
    objects.flatMap((object) =>
      object.metadata.uid === undefined ? [] : [[object.metadata.uid, object] as const],
    ),
  );
}

function fromDeployment({ metadata, spec, status }: Deployment, pods: readonly Pod[]): Workload {
  return {
    kind: 'Deployment',
    metadata,
    replicas: spec.replicas ?? 1,
    readyReplicas: status?.readyReplicas ?? 0,
    updatedReplicas: status?.updatedReplicas ?? 0,
    template: spec.template.spec,
    templateLabels: spec.template.metadata?.labels ?? {},
    claimTemplates: [],
    pods,
  };
}

function fromStatefulSet({ metadata, spec, status }: StatefulSet, pods: readonly Pod[]): Workload {
  return {
    kind: 'StatefulSet',
    metadata,
    replicas: spec.replicas ?? 1,
    readyReplicas: status?.readyReplicas ?? 0,
    updatedReplicas: status?.updatedReplicas ?? 0,
    template: spec.template.spec,
    templateLabels: spec.template.metadata?.labels ?? {},
    claimTemplates: (spec.volumeClaimTemplates ?? []).map(claimTemplate),
    pods,
  };
}

function fromPod(pod: Pod): Workload {
  const ready =
    pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
  return {
    kind: 'Pod',
    metadata: pod.metadata,
    replicas: 1,
    readyReplicas: ready ? 1 : 0,
    updatedReplicas: 1,
    template: pod.spec,
    templateLabels: pod.metadata.labels ?? {},
    claimTemplates: [],
    pods: [pod],
  };
}

function claimTemplate({ metadata, spec }: Pick<Claim, 'metadata' | 'spec'>): ClaimTemplate {
  return {
    name: metadata.name,
    accessModes: spec.accessModes ?? [],
    storageClassName: spec.storageClassName,
    size: spec.resources?.requests?.['storage'],
  };
}
