import pLimit from 'p-limit';
import type { Location, StoreRole, Topology } from '../topology/model.ts';
import type { Pod } from '../topology/objects.ts';
import type { Answer, Bucket, Endpoints } from '../topology/observation.ts';
import { isReady } from '../topology/readiness.ts';
import { settingOf, textOf } from '../topology/settings.ts';
import { askPod, type Endpoint, type PodClient } from './ask-pod.ts';
import type { Connection } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { metricsEndpoint, probeComponent } from './probe-components.ts';
import { etcdEndpoint, probeEtcd } from './probe-etcd.ts';
import { minioPort, probeBucket, probeMinio } from './probe-minio.ts';

/** Forwards that are open at the same time: one API server carries them all. */
const mostAtOnce = 8;

/** What `Endpoints` has beside the Milvus API itself, which is asked over gRPC. */
export type StoreAndComponentEndpoints = Omit<Endpoints, 'milvus'>;

/** The parts of a topology that say whom to ask. */
export type Asked = Pick<Topology, 'components' | 'configuration' | 'stores'>;

/**
 * Asks every etcd, MinIO and Milvus pod of the instance once, side by side, each with a budget of its own. Reads
 * only. A pod that fails to answer is an answer; only an abort throws.
 */
export async function probeEndpoints(
  connection: Connection,
  topology: Asked,
  credentials: Credentials,
  signal?: AbortSignal,
): Promise<StoreAndComponentEndpoints> {
  const limit = pLimit(mostAtOnce);
  const askAll = async <T>(
    pods: readonly Pod[],
    endpoint: Endpoint,
    ask: (client: PodClient) => Promise<T>,
  ): Promise<Record<string, Answer<T>>> => {
    const byName = new Map(pods.map((pod) => [pod.metadata.name, pod]));
    const answers = [...byName].map(
      async ([name, pod]) =>
        [name, await limit(() => askPod(connection, pod, endpoint, ask, signal))] as const,
    );
    return Object.fromEntries(await Promise.all(answers));
  };
  const minio: Endpoint = {
    scheme: settingOf(topology.configuration, 'minio.useSSL') === true ? 'https' : 'http',
    port: minioPort,
  };
  const componentPods = topology.components.flatMap(({ workload }) => workload.pods);
  const [etcdAnswers, minioAnswers, components, bucket] = await Promise.all([
    askAll(storePods(topology, 'metadata', 'etcd'), etcdEndpoint, probeEtcd),
    askAll(storePods(topology, 'object', 'minio'), minio, probeMinio),
    askAll(componentPods, metricsEndpoint, probeComponent),
    limit(() => askBucket(connection, topology, credentials, minio, signal)),
  ]);
  return { etcd: etcdAnswers, minio: minioAnswers, components, bucket };
}

async function askBucket(
  connection: Connection,
  topology: Asked,
  credentials: Credentials,
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<Answer<Bucket>> {
  const store = topology.stores.find(({ role }) => role === 'object');
  if (store === undefined) return unasked('no object storage was found in the configuration');
  if (store.location.kind !== 'in-cluster') return unasked(whereElse(store.location));
  const name = textOf(topology.configuration, 'minio.bucketName');
  if (name === undefined) return unasked('the configuration names no bucket');
  const source = /^ConfigMap\/([^:\s]+)/.exec(topology.configuration.from)?.[1] ?? '';
  const keys = credentials.get(source);
  if (keys === undefined) return unasked('its keys are in a Secret, and the suite reads no Secrets');
  const pods = storePods(topology, 'object', 'minio');
  const pod = pods.find(isReady) ?? pods.find(({ status }) => status?.phase === 'Running');
  if (pod === undefined) return unasked('no MinIO pod is Running');
  const region = textOf(topology.configuration, 'minio.region') ?? 'us-east-1';
  const ask = (client: PodClient) => probeBucket(client, name, region, keys);
  return askPod(connection, pod, endpoint, ask, signal);
}

function unasked(reason: string): Answer<Bucket> {
  return { state: 'unasked', reason };
}

function whereElse(location: Exclude<Location, { kind: 'in-cluster' }>): string {
  if (location.kind === 'external') {
    return `object storage is outside the cluster, at ${location.addresses.join(', ')}`;
  }
  return location.kind === 'missing'
    ? `object storage is not there: ${location.detail}`
    : 'object storage is a folder of Milvus itself, which has no bucket';
}

/** Pods of an in-cluster store; a store elsewhere has none here. */
function storePods(topology: Asked, role: StoreRole, product: string): readonly Pod[] {
  const store = topology.stores.find((candidate) => candidate.role === role && candidate.product === product);
  return store?.location.kind === 'in-cluster' ? store.location.workloads.flatMap(({ pods }) => pods) : [];
}
