import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect as dial, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer } from '../../fixtures/recordings/replay-server.ts';
import type { Component, Store, Workload } from '../topology/model.ts';
import type { Pod } from '../topology/objects.ts';
import { connect, type Connection } from './connection.ts';
import { probeEndpoints, type Asked } from './probe-endpoints.ts';
import { bytesOf } from './web-socket.ts';

type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

/** A connection whose port-forwards end in local HTTP servers, by `pod:port`. */
async function clusterOf(listeners: Readonly<Record<string, Answerer>>): Promise<Connection> {
  const ports = new Map<string, number>();
  for (const [name, answer] of Object.entries(listeners)) {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    ports.set(name, (server.address() as AddressInfo).port);
  }
  const api = await ReplayServer.start(() => recording('version').response);
  onTestFinished(() => api[Symbol.asyncDispose]());
  const sockets = new WebSocketServer({ noServer: true });
  api.server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      const [, pod, port] = /\/pods\/([^/]+)\/portforward\?ports=(\d+)$/.exec(request.url ?? '') ?? [];
      accepted.send(Buffer.from([0, 0, 0]));
      accepted.send(Buffer.from([1, 0, 0]));
      const local = ports.get(`${pod}:${port}`);
      if (local === undefined) {
        accepted.send(Buffer.concat([Buffer.from([1]), Buffer.from('connection refused')]));
        return accepted.close();
      }
      const container = dial(local, '127.0.0.1');
      container.on('data', (chunk: Buffer) => accepted.send(Buffer.concat([Buffer.from([0]), chunk])));
      container.on('close', () => accepted.close());
      accepted.on('message', (message) => container.write(bytesOf(message).subarray(1)));
      accepted.on('close', () => container.destroy());
      return undefined;
    });
  });
  const connection = await connect({ kubeconfig: await api.kubeconfig() });
  onTestFinished(() => connection[Symbol.asyncDispose]());
  return connection;
}

function pod(name: string, phase = 'Running'): Pod {
  return {
    metadata: { name, namespace: 'milvus' },
    spec: { containers: [] },
    status: { phase, conditions: [{ type: 'Ready', status: phase === 'Running' ? 'True' : 'False' }] },
  };
}

function workload(name: string, pods: readonly Pod[]): Workload {
  return {
    kind: 'StatefulSet',
    metadata: { name },
    replicas: pods.length,
    readyReplicas: pods.length,
    updatedReplicas: pods.length,
    template: { containers: [] },
    templateLabels: {},
    claimTemplates: [],
    pods,
  };
}

function topologyOf(
  parts: Readonly<{ etcd?: Pod[]; minio?: Pod[]; components?: Pod[] }>,
  object?: Store,
): Asked {
  const inCluster = (pods: readonly Pod[], name: string) =>
    ({ kind: 'in-cluster', services: [], workloads: [workload(name, pods)] }) as const;
  const component: Component = {
    role: 'streamingnode',
    workload: workload('streamingnode', parts.components ?? []),
    container: { name: 'streamingnode' },
    image: 'milvusdb/milvus:v2.6.2',
  };
  return {
    configuration: {
      from: 'ConfigMap/my-release-milvus: default.yaml, user.yaml',
      values: { minio: { bucketName: 'milvus-bucket', useSSL: false } },
    },
    components: [component],
    stores: [
      {
        role: 'metadata',
        product: 'etcd',
        location: inCluster(parts.etcd ?? [], 'etcd'),
        data: [],
        absent: [],
        because: '',
      },
      object ?? {
        role: 'object',
        product: 'minio',
        location: inCluster(parts.minio ?? [], 'minio'),
        data: [],
        absent: [],
        because: '',
      },
    ],
  };
}

const credentials = new Map([['my-release-milvus', { accessKeyId: 'key', secretAccessKey: 'secret' }]]);

function etcd(replies: Readonly<Record<string, unknown>>): Answerer {
  return (request, response) => {
    const reply = request.method === 'POST' ? replies[request.url ?? ''] : undefined;
    response.writeHead(reply === undefined ? 404 : 200).end(JSON.stringify(reply ?? {}));
  };
}

test('asks etcd for its own view, where zeros are left out and numbers are texts', async () => {
  const connection = await clusterOf({
    'etcd-0:2379': etcd({
      '/v3/maintenance/status': {
        header: { cluster_id: '17237436991929493444', member_id: '9372538179322589801' },
        version: '3.5.18',
        dbSize: '20480',
        leader: '9372538179322589801',
      },
      '/v3/cluster/member/list': {
        members: [
          { ID: '1', name: 'etcd-0' },
          { ID: '2', name: 'etcd-1' },
        ],
      },
      '/v3/maintenance/alarm': { alarms: [{ memberID: '1', alarm: 'NOSPACE' }] },
    }),
    'etcd-1:2379': etcd({
      '/v3/maintenance/status': { header: { member_id: '5' }, version: '3.5.18' },
      '/v3/cluster/member/list': {},
      '/v3/maintenance/alarm': {},
    }),
    'etcd-2:2379': (_request, response) => response.writeHead(401).end('{"message":"user name is empty"}'),
  });
  const pods = [pod('etcd-0'), pod('etcd-1'), pod('etcd-2'), pod('etcd-3'), pod('etcd-4', 'Pending')];
  const endpoints = await probeEndpoints(connection, topologyOf({ etcd: pods }), credentials);
  expect(endpoints.etcd).toEqual({
    'etcd-0': {
      state: 'answered',
      value: {
        memberId: '9372538179322589801',
        clusterId: '17237436991929493444',
        leaderId: '9372538179322589801',
        version: '3.5.18',
        databaseSize: 20480,
        members: ['etcd-0', 'etcd-1'],
        alarms: ['NOSPACE'],
      },
    },
    'etcd-1': {
      state: 'answered',
      value: {
        memberId: '5',
        clusterId: '0',
        leaderId: '0',
        version: '3.5.18',
        databaseSize: 0,
        members: [],
        alarms: [],
      },
    },
    'etcd-2': {
      state: 'failed',
      error:
        'Port 2379 of pod etcd-2: etcd answered /v3/maintenance/status with 401: {"message":"user name is empty"}',
    },
    'etcd-3': {
      state: 'failed',
      error: 'Port 2379 of pod etcd-3 could not be reached: connection refused',
    },
    'etcd-4': { state: 'unasked', reason: 'the pod is Pending, not Running' },
  });
});

function minio(bucketStatus: number): Answerer {
  return (request, response) => {
    const signed = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=key/') === true;
    if (request.method === 'HEAD') return response.writeHead(signed ? bucketStatus : 400).end();
    return response.writeHead(request.url === '/minio/health/live' ? 200 : 503).end();
  };
}

test.for([
  [200, { state: 'answered', value: { name: 'milvus-bucket', exists: true } }],
  [404, { state: 'answered', value: { name: 'milvus-bucket', exists: false } }],
  [403, { state: 'failed', error: expect.stringContaining("refused the keys of Milvus' ConfigMap") }],
] as const)('MinIO health, and a bucket answered with %i', async ([status, expected]) => {
  const connection = await clusterOf({ 'minio-0:9000': minio(status) });
  const endpoints = await probeEndpoints(connection, topologyOf({ minio: [pod('minio-0')] }), credentials);
  expect(endpoints.minio).toEqual({ 'minio-0': { state: 'answered', value: { live: 200, cluster: 503 } } });
  expect(endpoints.bucket).toEqual(expected);
});

test('a bucket that cannot be asked for says why', async () => {
  const connection = await clusterOf({});
  const external: Store = {
    role: 'object',
    product: 's3',
    location: { kind: 'external', addresses: ['s3.example.com'] },
    data: [],
    absent: [],
    because: '',
  };
  const answers = await Promise.all([
    probeEndpoints(connection, topologyOf({}, external), credentials),
    probeEndpoints(connection, topologyOf({ minio: [pod('minio-0', 'Pending')] }), credentials),
    probeEndpoints(connection, topologyOf({}), new Map()),
  ]);
  expect(answers.map(({ bucket }) => bucket)).toEqual([
    { state: 'unasked', reason: 'object storage is outside the cluster, at s3.example.com' },
    { state: 'unasked', reason: 'no MinIO pod is Running' },
    { state: 'unasked', reason: 'its keys are in a Secret, and the suite reads no Secrets' },
  ]);
});

test("asks a component's health as JSON or text, and which log it uses", async () => {
  const metrics = 'go_goroutines 1\nmilvus_wal_info{channel="a",wal_name="woodpecker"} 1\n';
  const connection = await clusterOf({
    'a:9091': (request, response) =>
      request.url === '/metrics'
        ? response.end(metrics)
        : response.end(JSON.stringify({ state: 'OK', detail: [], accept: request.headers.accept })),
    'b:9091': (request, response) =>
      request.url === '/metrics'
        ? response.end('go_goroutines 1\n')
        : response.writeHead(500).end('not ready'),
  });
  const { components } = await probeEndpoints(
    connection,
    topologyOf({ components: [pod('a'), pod('b')] }),
    credentials,
  );
  expect(components).toEqual({
    a: { state: 'answered', value: { status: 200, body: 'OK', walName: 'woodpecker' } },
    b: { state: 'answered', value: { status: 500, body: 'not ready' } },
  });
});

test('an abort ends it', async () => {
  const connection = await clusterOf({ 'a:9091': () => undefined });
  const work = probeEndpoints(
    connection,
    topologyOf({ components: [pod('a')] }),
    credentials,
    AbortSignal.timeout(100),
  );
  await expect(work).rejects.toThrow(/abort|timeout/i);
});
