import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer, type ReplayRequest, type Script } from '../../fixtures/recordings/replay-server.ts';
import { connect } from './connection.ts';
import { ApiError, EnvironmentError } from './errors.ts';

const version = recording('version').response;
const unauthorized = recording('error-401').response;

async function serve(script: Script): Promise<ReplayServer> {
  const server = await ReplayServer.start(script);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

async function failureOf(work: Promise<unknown>): Promise<EnvironmentError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EnvironmentError) return error;
  throw new Error('no EnvironmentError', { cause: error });
}

test('authenticates with a client certificate and says who asks', async () => {
  const seen: ReplayRequest[] = [];
  const server = await serve((request) => {
    seen.push(request);
    return version;
  });
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  expect(connection).toMatchObject({ context: 'replay', namespace: 'milvus', kubernetes: 'v1.34.4' });
  expect(seen[0]?.clientName).toBe('tester');
  expect(seen[0]?.headers['user-agent']).toMatch(/^milvus-conformance\/\d+\.\d+\.\d+/);
});

test('sends a token, and the token of an exec plugin, which runs once', async () => {
  const seen: (string | undefined)[] = [];
  const server = await serve((request) => {
    seen.push(request.headers.authorization);
    return version;
  });
  await using plain = await connect({ kubeconfig: await server.kubeconfig({ token: 'abc' }) });
  const script =
    'console.log(JSON.stringify({apiVersion:"client.authentication.k8s.io/v1",kind:"ExecCredential",' +
    'status:{token:"from-plugin-"+process.pid}}))';
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', script],
  };
  await using plugin = await connect({ kubeconfig: await server.kubeconfig({ exec }) });
  await Promise.all([plain.get('/version'), plugin.get('/version'), plugin.get('/version')]);
  const tokens = new Set(seen);
  expect(tokens.size).toBe(2);
  expect(tokens.has('Bearer abc')).toBe(true);
  expect([...tokens].some((token) => token?.startsWith('Bearer from-plugin-'))).toBe(true);
});

test('uses its sockets again', async () => {
  const server = await serve(() => version);
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  for (let count = 0; count < 20; count += 1) await connection.get('/version');
  expect(server.requests).toHaveLength(21);
  expect(server.connections).toBeLessThanOrEqual(2);
});

test('the options win over the context', async () => {
  const server = await serve(() => version);
  const kubeconfig = await server.kubeconfig();
  await using other = await connect({ kubeconfig, context: 'other' });
  expect(other).toMatchObject({ context: 'other', namespace: 'default' });
  await using named = await connect({ kubeconfig, namespace: 'vectors' });
  expect(named.namespace).toBe('vectors');
});

test('reads again after a cut connection, but never posts twice', async () => {
  let cuts = 0;
  const server = await serve(({ path: asked }) => {
    if (asked === '/version' || cuts === 1) return version;
    cuts += 1;
    return 'cut';
  });
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  await expect(connection.get('/api')).resolves.toBeDefined();
  cuts = 0;
  const error = await failureOf(connection.post('/apis', {}));
  expect(error.message).toContain('the connection was cut');
  expect(server.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
});

test('401: says that the credentials are not known, and how to try them', async () => {
  const server = await serve(() => unauthorized);
  const error = await failureOf(connect({ kubeconfig: await server.kubeconfig({ token: 'wrong-token' }) }));
  expect(error.failure).toBe('unauthenticated');
  expect(error.message).toContain('does not know who you are (401: Unauthorized)');
  expect(error.message).toContain('kubectl --context replay auth whoami');
  expect(error.message).not.toContain('wrong-token');
});

test("a refusal carries the server's words and no headers", async () => {
  const { body, status } = recording('error-403').response;
  const server = await serve(({ path: asked }) => (asked === '/version' ? version : { status, body }));
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  const error: unknown = await connection.get('/api/v1/pods').catch((reason: unknown) => reason);
  if (!(error instanceof ApiError)) throw new Error('no ApiError', { cause: error });
  expect(error).toMatchObject({ status: 403, reason: 'Forbidden' });
  expect(error.message).toBe(
    'GET /api/v1/pods was answered with 403: pods is forbidden: User "system:serviceaccount:milvus:weak" ' +
      'cannot list resource "pods" in API group "" in the namespace "milvus"',
  );
});

test('a web page in the place of an API server is named as such', async () => {
  const server = await serve(() => ({ status: 200, body: '<html>log in</html>' }));
  const error = await failureOf(connect({ kubeconfig: await server.kubeconfig() }));
  expect(error.message).toContain('something that is not the JSON of the Kubernetes API');
});

test.for([
  ['https://127.0.0.1:1', 'the connection was refused'],
  ['https://no-such-host.invalid:6443', 'the host name was not found'],
])('nothing answers at %s: %s', async ([address, words]) => {
  const server = await serve(() => version);
  const kubeconfig = await server.kubeconfig({ token: 'x' }, { server: address });
  const error = await failureOf(connect({ kubeconfig }));
  expect(error.failure).toBe('unreachable');
  expect(error.message).toContain(
    `Cannot reach the Kubernetes API server ${address} (context replay): ${words}`,
  );
});

test('a certificate of an unknown authority is told from a refused connection', async () => {
  const server = await serve(() => version);
  const error = await failureOf(
    connect({ kubeconfig: await server.kubeconfig({ token: 'x' }, { server: server.url }) }),
  );
  expect(error.message).toContain('signed by an authority that the kubeconfig does not name');
  await using trusting = await connect({
    kubeconfig: await server.kubeconfig(
      { token: 'x' },
      { server: server.url, 'insecure-skip-tls-verify': true },
    ),
  });
  expect(trusting.kubernetes).toBe('v1.34.4');
});

test('an unknown context lists those that there are', async () => {
  const server = await serve(() => version);
  const kubeconfig = await server.kubeconfig();
  const error = await failureOf(connect({ kubeconfig, context: 'prod' }));
  expect(error.failure).toBe('unknown-context');
  expect(error.message).toBe(
    `The context prod is not in the kubeconfig ${kubeconfig}. It has: replay, other.`,
  );
});

test('a kubeconfig that cannot be read is named, and not quoted', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'));
  const broken = path.join(folder, 'broken');
  writeFileSync(broken, 'users:\n- name: a\n  user: {token: hush-hush\n');
  const empty = path.join(folder, 'empty');
  writeFileSync(empty, '~');
  const missing = path.join(folder, 'missing');
  const messages = await Promise.all(
    [broken, empty, missing].map(async (file) => (await failureOf(connect({ kubeconfig: file }))).message),
  );
  expect(messages[0]).toContain(`Cannot read the kubeconfig ${broken}`);
  expect(messages[0]).not.toContain('hush-hush');
  expect(messages[1]).toContain('it is empty, or no kubeconfig');
  expect(messages[2]).toContain('no such file');
});

test('no configuration at all is said, and localhost is not tried', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'home-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const error = await failureOf(connect({}));
  expect(error.failure).toBe('no-configuration');
  expect(error.message).toContain('No Kubernetes configuration was found');
  expect(error.message).not.toContain('localhost');
});

test('KUBECONFIG names several files, and the first that sets a value wins', async () => {
  const server = await serve(() => version);
  const first = await server.kubeconfig({ token: 'first' });
  const second = await server.kubeconfig({ token: 'second' });
  vi.stubEnv('KUBECONFIG', ['/no/such/file', first, second].join(path.delimiter));
  onTestFinished(() => void vi.unstubAllEnvs());
  await using connection = await connect({});
  expect(connection.context).toBe('replay');
});

test('a call ends with the signal of its caller', async () => {
  const server = await serve(() => version);
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  const error: unknown = await connection
    .get('/version', AbortSignal.abort(new Error('stopped by Ctrl-C')))
    .catch((reason: unknown) => reason);
  expect(String(error)).toContain('stopped by Ctrl-C');
});
