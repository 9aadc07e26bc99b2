import type { Deployment, Pod, ReplicaSet, StatefulSet } from '../../topology/objects.ts';
import type { Observation } from '../../topology/observation.ts';

/** An observation of a manifest as if it ran: each workload with its pods, all Ready. */
export function withPods(observation: Observation): Observation {
  const deployments = observation.objects.Deployment.map(identified);
  const sets = observation.objects.StatefulSet.map(identified);
  const replicaSets = deployments.map(
    (deployment): ReplicaSet => ({
      metadata: {
        name: `${deployment.metadata.name}-5d`,
        uid: `ReplicaSet/${deployment.metadata.name}`,
        ownerReferences: [owner('Deployment', deployment)],
      },
      spec: { replicas: deployment.spec.replicas ?? 1 },
    }),
  );
  return {
    ...observation,
    objects: {
      ...observation.objects,
      Deployment: deployments,
      StatefulSet: sets,
      ReplicaSet: replicaSets,
      Pod: [
        ...deployments.flatMap((one, at) =>
          podsOf(one, `${one.metadata.name}-5d`, 'ReplicaSet', replicaSets[at]),
        ),
        ...sets.flatMap((one) => podsOf(one, one.metadata.name, 'StatefulSet', one)),
      ],
    },
  };
}

function identified<T extends Deployment | StatefulSet>(workload: T): T {
  return { ...workload, metadata: { ...workload.metadata, uid: `workload/${workload.metadata.name}` } };
}

function owner(kind: string, { metadata }: Deployment | StatefulSet | ReplicaSet) {
  return { apiVersion: 'apps/v1', kind, name: metadata.name, uid: metadata.uid ?? '', controller: true };
}

function podsOf(
  workload: Deployment | StatefulSet,
  stem: string,
  kind: string,
  controller: ReplicaSet | StatefulSet | undefined,
): readonly Pod[] {
  const { template, replicas = 1 } = workload.spec;
  return Array.from({ length: replicas }, (_, index) => ({
    metadata: {
      name: `${stem}-${index}`,
      uid: `uid of ${stem}-${index}`,
      labels: template.metadata?.labels ?? {},
      ...(controller !== undefined && { ownerReferences: [owner(kind, controller)] }),
    },
    spec: template.spec,
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  }));
}
