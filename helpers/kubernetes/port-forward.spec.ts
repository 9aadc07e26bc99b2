import { once } from 'node:events';
import { connect as dial, createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer } from '../../fixtures/recordings/replay-server.ts';
import { connect } from './connection.ts';
import { openPortForward, type PortForward } from './port-forward.ts';
import { bytesOf } from './web-socket.ts';

const version = recording('version').response;

/** Opens a forward through an API server that passes each accepted WebSocket to `pod`. */
async function forwardTo(
  pod: (socket: WebSocket, path: string) => void,
  choosePod: () => string = () => 'my-release-etcd-0',
): Promise<PortForward> {
  const server = await ReplayServer.start(() => version);
  const sockets = new WebSocketServer({ noServer: true });
  server.server.on('upgrade', (request, socket, head) => {
    const path = request.url ?? '';
    if (path.includes('/pods/gone/')) {
      const body = JSON.stringify({ kind: 'Status', reason: 'NotFound', message: 'pods "gone" not found' });
      socket.end(
        `HTTP/1.1 404 Not Found\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => pod(accepted, path));
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const connection = await connect({ kubeconfig: await server.kubeconfig() });
  onTestFinished(() => connection[Symbol.asyncDispose]());
  const forward = await openPortForward(connection, { namespace: 'milvus', port: 2379, choosePod });
  onTestFinished(() => forward[Symbol.asyncDispose]());
  return forward;
}

function open(socket: WebSocket): void {
  socket.send(Buffer.from([0, 0x4b, 0x09]));
  socket.send(Buffer.from([1, 0x4b, 0x09]));
}

test('carries bytes both ways, each connection to the pod that is chosen for it', async () => {
  const paths: string[] = [];
  const names = ['first', 'second'];
  const forward = await forwardTo(
    (socket, path) => {
      paths.push(path);
      open(socket);
      socket.on('message', (message) => socket.send(bytesOf(message)));
    },
    () => names.shift() ?? 'none',
  );
  for (const word of ['hello', 'again']) {
    const client = dial(forward.port, forward.host);
    client.write(word);
    const [answer] = await once(client, 'data');
    expect(String(answer)).toBe(word);
    client.end();
    await once(client, 'close');
  }
  expect(paths).toEqual(
    ['first', 'second'].map((pod) => `/api/v1/namespaces/milvus/pods/${pod}/portforward?ports=2379`),
  );
});

test('eight megabytes pass a slow reader whole', async () => {
  const size = 8 * 1024 * 1024;
  const forward = await forwardTo((socket) => {
    open(socket);
    const chunk = Buffer.alloc(64 * 1024 + 1, 7);
    chunk[0] = 0;
    for (let sent = 0; sent < size; sent += 64 * 1024) socket.send(chunk);
    socket.close();
  });
  const client = dial(forward.port, forward.host);
  let received = 0;
  for await (const part of client) {
    if (received === 0) await new Promise((resolve) => void setTimeout(resolve, 50));
    received += part.length;
  }
  expect(received).toBe(size);
});

test('a pod that is gone closes the connection, and the forward says why', async () => {
  const forward = await forwardTo(
    () => undefined,
    () => 'gone',
  );
  const client = dial(forward.port, forward.host);
  await text(client);
  expect(forward.lastError?.message).toContain('was answered with 404: pods "gone" not found');
});

test('a port on which nobody listens is told by the pod', async () => {
  const forward = await forwardTo((socket) => {
    open(socket);
    socket.send(Buffer.concat([Buffer.from([1]), Buffer.from('failed to connect to localhost:2379')]));
  });
  const client = dial(forward.port, forward.host);
  client.on('error', () => undefined);
  await once(client, 'close');
  expect(forward.lastError?.message).toBe(
    'Port 2379 of pod my-release-etcd-0 could not be reached: failed to connect to localhost:2379',
  );
});

test('a pod that dies closes the connection', async () => {
  const forward = await forwardTo((socket) => {
    open(socket);
    setTimeout(() => socket.terminate(), 20);
  });
  const client = dial(forward.port, forward.host);
  client.resume();
  await once(client, 'close');
  expect(client.destroyed).toBe(true);
});

test('nothing is left open after the end', async () => {
  const closed: Promise<unknown>[] = [];
  const forward = await forwardTo((socket) => {
    open(socket);
    closed.push(once(socket, 'close'));
  });
  const client = dial(forward.port, forward.host);
  client.write('x');
  await expect.poll(() => closed.length).toBe(1);
  client.on('error', () => undefined);
  await forward[Symbol.asyncDispose]();
  await Promise.all(closed);
  const probe = createServer().listen(forward.port, forward.host);
  await once(probe, 'listening');
  expect((probe.address() as AddressInfo).port).toBe(forward.port);
  probe.close();
});
