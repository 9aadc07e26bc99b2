import type { Requirements, Topology, Workload } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import { isReady } from '../topology/readiness.ts';
import { textOf } from '../topology/settings.ts';
import type { BudgetFacts, DeploymentFacts } from './snapshot-deployment.ts';

/**
 * Settings that say where data is, with what Milvus takes where nothing sets them (milvus.yaml). Where a default
 * depends on the version, an unset one stays out.
 */
const settings: Readonly<Record<string, string | undefined>> = {
  'etcd.rootPath': 'by-dev',
  'etcd.metaSubPath': 'meta',
  'etcd.kvSubPath': 'kv',
  'minio.bucketName': 'a-bucket',
  'minio.rootPath': 'files',
  'minio.address': undefined,
  'common.storageType': undefined,
  'localStorage.path': undefined,
  'mq.type': undefined,
  'msgChannel.chanNamePrefix.cluster': 'by-dev',
  'pulsar.tenant': 'public',
  'pulsar.namespace': 'default',
  'woodpecker.storage.type': undefined,
  'woodpecker.storage.rootPath': undefined,
  'woodpecker.meta.prefix': undefined,
  'rocksmq.path': undefined,
};

/** The settings that say where data is, in their effective form. Pure. */
export function dataSettings(topology: Pick<Topology, 'configuration'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([path, otherwise]) => {
      const value = textOf(topology.configuration, path) ?? otherwise;
      return value === undefined ? [] : [[path, value]];
    }),
  );
}

/** What a deployment runs on, for a comparison after an upgrade. Pure. */
export function deploymentFacts(
  { objects, endpoints }: Observation,
  topology: Topology,
  requirements: Requirements,
  budgets: BudgetFacts,
): DeploymentFacts {
  const { instance, expectedClaims, logType } = topology;
  const keeps = Map.groupBy(
    requirements.required.flatMap(({ what, store, claims }) =>
      claims.map(({ name }) => ({ name, what, store })),
    ),
    ({ name }) => name,
  );
  const volumes = new Map(
    objects.PersistentVolume.map((volume) => [volume.metadata.name, volume.metadata.uid]),
  );
  const claims = new Map(expectedClaims.map((claim) => [claim.name, claim]));
  return {
    ...(instance.version !== undefined && { version: instance.version }),
    ...(endpoints?.milvus.state === 'answered' && { serverVersion: endpoints.milvus.value.version }),
    mode: instance.mode,
    managedBy: instance.managedBy,
    ...(logType !== undefined && { log: logType }),
    components: componentFacts(topology),
    configuration: dataSettings(topology),
    claims: [...claims.values()].map(({ name, claim }) => {
      const volume = claim?.spec.volumeName;
      const volumeUid = volume === undefined ? undefined : volumes.get(volume);
      return {
        name,
        keeps: [...new Set((keeps.get(name) ?? []).map(({ what }) => what))],
        stores: [...new Set((keeps.get(name) ?? []).map(({ store }) => store))],
        ...(claim?.metadata.uid !== undefined && { uid: claim.metadata.uid }),
        ...(volume !== undefined && { volume }),
        ...(volumeUid !== undefined && { volumeUid }),
      };
    }),
    etcdClusterIds: [
      ...new Set(
        Object.values(endpoints?.etcd ?? {}).flatMap((answer) =>
          answer.state === 'answered' ? [answer.value.clusterId] : [],
        ),
      ),
    ],
    ...(endpoints?.bucket.state === 'answered' && { bucketExists: endpoints.bucket.value.exists }),
    budgets,
  };
}

/** Components with what they run. Pure. */
export function componentFacts({ components }: Pick<Topology, 'components'>): DeploymentFacts['components'] {
  return components.map(({ role, workload, container, image }) => ({
    role,
    workload: `${workload.kind}/${workload.metadata.name}`,
    container: container.name,
    image,
    replicas: workload.replicas,
    pods: podsOf(workload, container.name),
  }));
}

function podsOf({ pods }: Workload, container: string): DeploymentFacts['components'][number]['pods'] {
  return pods.map((pod) => ({
    name: pod.metadata.name,
    image: pod.spec.containers.find(({ name }) => name === container)?.image ?? '',
    ready: isReady(pod),
  }));
}
