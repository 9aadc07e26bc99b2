import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { startCluster, type Cluster } from '../../../fixtures/embedded/cluster.ts';
import { isReady } from '../../../fixtures/embedded/controllers/ownership.ts';
import { applyManifest, readManifest } from '../../../fixtures/embedded/manifest.ts';
import type { Pod } from '../../../fixtures/embedded/store/objects.ts';
import { parseDenial } from '../../../fixtures/embedded/api/authorize.ts';
import type { Victim } from '../../resilience/scenario.ts';
import { connect, type Connection } from '../../kubernetes/connection.ts';

/** A container that listens, says who it is, and ends at once when asked to. */
const program = `
import { createServer } from 'node:http';
console.log('password=hunter22 started');
const server = createServer((request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () =>
  process.send({ type: 'listening', containerPort: 80, hostPort: server.address().port }));
process.on('SIGTERM', () => process.exit(0));
`;

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: querynode}
spec:
  replicas: 2
  selector: {matchLabels: {component: querynode}}
  template: &template
    metadata: {labels: {component: querynode}}
    spec: &spec
      containers: [{name: main, image: 'milvusdb/milvus:v2.6.2', ports: [{containerPort: 80}], readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 1}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: etcd}
spec:
  serviceName: etcd
  replicas: 1
  selector: {matchLabels: {component: etcd}}
  template:
    metadata: {labels: {component: etcd}}
    spec:
      containers: [{name: main, image: 'milvusdb/etcd:3.5.18-r1', ports: [{containerPort: 80}], readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 1}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: kafka}
spec:
  serviceName: kafka
  replicas: 1
  selector: {matchLabels: {component: kafka}}
  template:
    metadata: {labels: {component: kafka}}
    spec:
      containers: [{name: main, image: 'bitnami/kafka:3.1.0', ports: [{containerPort: 80}], readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 1}}]
---
apiVersion: v1
kind: Pod
metadata: {name: shellless, labels: {component: shellless}}
spec:
  containers: [{name: main, image: 'gcr.io/distroless/static:1'}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: etcd}
spec: {minAvailable: 1, selector: {matchLabels: {component: etcd}}}
`;

/** An embedded cluster with a handful of pods, for tests of what is done to them. */
export interface SmallCluster extends AsyncDisposable {
  readonly store: Cluster['store'];
  readonly connection: Connection;
  readonly kubeconfig: string;
  /** For what a test writes. */
  readonly folder: string;
  pods(component: string): readonly Pod[];
  victims(component: string): readonly Victim[];
  /** Until every pod is Ready and none is going. */
  settle(): Promise<void>;
}

export const smallNamespace = 'n';

export async function startSmallCluster(denied: readonly string[] = []): Promise<SmallCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'small-cluster-'));
  const entry = path.join(folder, 'main.mjs');
  await writeFile(entry, program);
  const cluster = await startCluster({
    directory: folder,
    namespace: smallNamespace,
    misbehaviours: {},
    denied: denied.map(parseDenial),
    findImage: () => ({ entry }),
    live: true,
  });
  const { store } = cluster;
  applyManifest(store, readManifest(manifest, 'm'), smallNamespace, 'm');
  const kubeconfig = path.join(folder, 'kubeconfig.json');
  await writeFile(kubeconfig, JSON.stringify(parse(cluster.kubeconfig)));
  const connection = await connect({ kubeconfig, namespace: smallNamespace });
  const pods = (component: string) =>
    store.list('pods', smallNamespace).filter(({ metadata }) => metadata.labels?.['component'] === component);
  const small: SmallCluster = {
    store,
    connection,
    kubeconfig,
    folder,
    pods,
    victims: (component) => pods(component).map((pod) => victimOf(pod, component)),
    settle: () => settle(store),
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await cluster[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
  await small.settle();
  return small;
}

function victimOf({ metadata }: Pod, component: string): Victim {
  const kind = component === 'shellless' ? 'Pod' : component === 'querynode' ? 'Deployment' : 'StatefulSet';
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    part: component,
    workload: { kind, name: component },
    container: 'main',
  };
}

const wanted = 5;

async function settle(store: Cluster['store']): Promise<void> {
  const isSettled = () => {
    const pods = store.list('pods', smallNamespace);
    return pods.length === wanted && pods.every((pod) => isReady(pod));
  };
  for (let waited = 0; !isSettled(); waited += 20) {
    const states = store.list('pods', smallNamespace).map(({ metadata, status }) => [metadata.name, status]);
    if (waited > 30_000) throw new Error(`not settled in 30 s: ${JSON.stringify(states)}`);
    await sleep(20);
  }
}
