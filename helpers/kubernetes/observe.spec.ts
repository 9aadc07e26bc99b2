import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer, type Reply, type ReplayRequest } from '../../fixtures/recordings/replay-server.ts';
import { connect, type Connection } from './connection.ts';
import { EnvironmentError } from './errors.ts';
import { observeObjects } from './observe.ts';

const version = recording('version').response;
const unknownPath = recording('error-404-path').response;
const recordings = process.env['RECORDINGS'];

/** Kinds by plural, as a server that has these objects; everything else is an empty list. */
function namespaceOf(objects: Readonly<Record<string, readonly object[]>>) {
  return (request: ReplayRequest): Reply => {
    if (request.path === '/version') return version;
    if (/^\/api\/v1\/namespaces\/[^/]+$/.test(request.path)) return { status: 200, body: {} };
    if (request.path.startsWith('/apis/milvus.io/') && objects['milvuses'] === undefined) return unknownPath;
    const plural = request.path.split('/').at(-1) ?? '';
    return { status: 200, body: { metadata: {}, items: objects[plural] ?? [] } };
  };
}

async function connectTo(script: (request: ReplayRequest) => Reply): Promise<{
  connection: Connection;
  server: ReplayServer;
}> {
  const server = await ReplayServer.start(script);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const connection = await connect({ kubeconfig: await server.kubeconfig() });
  onTestFinished(() => connection[Symbol.asyncDispose]());
  return { connection, server };
}

async function failureOf(work: Promise<unknown>): Promise<EnvironmentError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof EnvironmentError) return error;
  throw new Error('no EnvironmentError', { cause: error });
}

const configMap = {
  metadata: { name: 'my-release-milvus', managedFields: [{ manager: 'helm' }] },
  data: {
    'default.yaml':
      'minio:\n  address: my-release-minio\n  accessKeyID: first\n  secretAccessKey: planted-secret-1\n',
    'user.yaml': 'minio:\n  secretAccessKey: planted-secret-2\n',
  },
};

test('reads each kind once, and says how it went', async () => {
  const { connection, server } = await connectTo(namespaceOf({ pods: [podNamed('a')] }));
  const { observation } = await observeObjects(connection, 'milvus');
  expect(observation).toMatchObject({
    schemaVersion: 1,
    namespace: 'milvus',
    source: { kind: 'cluster', context: 'replay', kubernetes: 'v1.34.4' },
    reads: { Pod: { state: 'read', requests: 1 }, Milvus: { state: 'absent' } },
  });
  expect(observation.objects.Pod.map((pod) => pod.metadata.name)).toEqual(['a']);
  const asked = server.requests.map((line) => line.replace(/\?.*/, ''));
  expect(asked).toHaveLength(13);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.some((line) => line.endsWith('/secrets'))).toBe(false);
});

test('keeps what the checks read, and drops the rest', async () => {
  const { connection } = await connectTo(namespaceOf({ pods: [podNamed('a')] }));
  const { observation } = await observeObjects(connection, 'milvus');
  expect(observation.objects.Pod).toEqual([
    {
      metadata: { name: 'a', annotations: { 'checksum/config': 'abc' } },
      spec: { containers: [{ name: 'etcd', image: 'milvusdb/etcd:3.5.18' }] },
      status: { phase: 'Running' },
    },
  ]);
});

test('takes the keys of the bucket out of the objects and into memory', async () => {
  const { connection } = await connectTo(namespaceOf({ configmaps: [configMap] }));
  const { observation, credentials } = await observeObjects(connection, 'milvus');
  expect(credentials.get('my-release-milvus')).toEqual({
    accessKeyId: 'first',
    secretAccessKey: 'planted-secret-2',
  });
  expect(observation.objects.ConfigMap[0]?.data?.['default.yaml']).toContain('address: my-release-minio');
  expect(JSON.stringify({ observation, credentials })).not.toContain('planted-secret');
});

test('keeps only the volumes of this namespace', async () => {
  const volumes = [
    { metadata: { name: 'ours' }, spec: { claimRef: { namespace: 'milvus', name: 'data-0' } } },
    { metadata: { name: 'theirs' }, spec: { claimRef: { namespace: 'other', name: 'data-0' } } },
    { metadata: { name: 'free' }, spec: {} },
  ];
  const { connection } = await connectTo(namespaceOf({ persistentvolumes: volumes }));
  const { observation } = await observeObjects(connection, 'milvus');
  expect(observation.objects.PersistentVolume.map((volume) => volume.metadata.name)).toEqual(['ours']);
});

test('cluster-wide kinds that are refused are noted with the words of the server', async () => {
  const refusal = recording('error-403').response;
  const serve = namespaceOf({});
  const { connection } = await connectTo((request) =>
    request.path.endsWith('/persistentvolumes') || request.path === '/api/v1/namespaces/milvus'
      ? refusal
      : serve(request),
  );
  const { observation } = await observeObjects(connection, 'milvus');
  expect(observation.reads.PersistentVolume).toMatchObject({ state: 'refused', status: 403 });
  expect(JSON.stringify(observation.reads.PersistentVolume)).toContain('cannot list resource');
});

test('a refused pod list ends the run, with all rights that are missing', async () => {
  const refusal = recording('error-403').response;
  const serve = namespaceOf({});
  const { connection } = await connectTo((request) => {
    if (request.path.endsWith('/pods')) return refusal;
    if (!request.path.endsWith('/selfsubjectaccessreviews')) return serve(request);
    const allowed = !/"resource":"(?:pods|storageclasses)"/.test(request.body);
    return { status: 201, body: { status: { allowed } } };
  });
  const error = await failureOf(observeObjects(connection, 'milvus'));
  expect(error.failure).toBe('forbidden');
  expect(error.message).toBe(
    'The credentials of context replay may not read what the suite has to read: pods is forbidden: ' +
      'User "system:serviceaccount:milvus:weak" cannot list resource "pods" in API group "" in the namespace ' +
      '"milvus". Missing: list pods in the namespace milvus. Useful, but not necessary: list ' +
      'storageclasses.storage.k8s.io, get pods/portforward in the namespace milvus, create pods/portforward in ' +
      'the namespace milvus. The README has a Role with just what is needed.',
  );
});

test('a namespace that does not exist is an error, not an empty namespace', async () => {
  const serve = namespaceOf({});
  const { connection } = await connectTo((request) =>
    request.path === '/api/v1/namespaces/none' ? unknownPath : serve(request),
  );
  const error = await failureOf(observeObjects(connection, 'none'));
  expect(error.failure).toBe('no-namespace');
  expect(error.message).toContain('has no namespace none');
});

test('a server that fails ends the run with its words', async () => {
  const serve = namespaceOf({});
  const { connection } = await connectTo((request) =>
    request.path.endsWith('/pods')
      ? { status: 500, body: { kind: 'Status', message: 'etcdserver: no leader', code: 500 } }
      : serve(request),
  );
  const error = await failureOf(observeObjects(connection, 'milvus'));
  expect(error.failure).toBe('server-error');
  expect(error.message).toContain('etcdserver: no leader');
});

for (const prefix of ['operator', 'operator26']) {
  test(`reads the recorded namespace ${prefix} without its secrets`, async ({ skip }) => {
    if (recordings === undefined) return skip('RECORDINGS does not say where the recordings are');
    const { connection } = await connectTo(namespaceOf(recorded(recordings, prefix)));
    const { observation } = await observeObjects(connection, 'operated');
    expect(observation.objects.Pod.length).toBeGreaterThan(10);
    expect(observation.objects.Milvus).toHaveLength(1);
    const text = JSON.stringify(observation);
    expect(text).not.toContain('minioadmin');
    expect(text).not.toContain('managedFields');
    expect(text).toContain('(redacted: the published default)');
    return undefined;
  });
}

function podNamed(name: string): object {
  return {
    metadata: {
      name,
      managedFields: [{ manager: 'kubelet' }],
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"password":"planted"}',
        'checksum/config': 'abc',
      },
    },
    spec: {
      containers: [
        { name: 'etcd', image: 'milvusdb/etcd:3.5.18', livenessProbe: { exec: { command: ['x'] } } },
      ],
      tolerations: [{ key: 'a' }],
    },
    status: { phase: 'Running', qosClass: 'BestEffort' },
  };
}

function recorded(folder: string, prefix: string): Record<string, readonly object[]> {
  const plurals = [
    'pods',
    'configmaps',
    'deployments',
    'persistentvolumeclaims',
    'replicasets',
    'services',
    'statefulsets',
  ];
  const items = (name: string): readonly object[] =>
    JSON.parse(readFileSync(path.join(folder, `${prefix}-${name}.json`), 'utf8')).response.body.items;
  return Object.fromEntries([
    ...plurals.map((plural) => [plural, items(plural)]),
    ['milvuses', items('milvus')],
  ]);
}
