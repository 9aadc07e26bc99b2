import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { WebSocket, type RawData } from 'ws';
import type { Connection } from './connection.ts';
import { bytesOf, opened } from './web-socket.ts';

/** A local TCP port whose connections end in a pod. */
export interface PortForward extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Why the last connection could not be made or was cut; a TCP client only sees a closed socket. */
  readonly lastError: Error | undefined;
}

export interface ForwardTarget {
  readonly namespace: string;
  /** Container port. */
  readonly port: number;
  /** Names the pod for one connection; asked for each, so that a client that reconnects reaches a living pod. */
  readonly choosePod: (signal: AbortSignal) => string | Promise<string>;
}

/** Channels of one forwarded port, each message's first byte. */
const dataChannel = 0;
const errorChannel = 1;
/** Both channels begin with the port number, two bytes. */
const portPrefix = 2;
/** Bytes that may wait in the WebSocket before the local socket is told to stop. */
const highWater = 1024 * 1024;
/** For the peer's half of the closing handshake, in ms. */
const closeBudgetMs = 1000;
const protocol = 'v4.channel.k8s.io';

/**
 * Opens a local port, one WebSocket to a pod for each connection to it.
 *
 * The protocol is `v4.channel.k8s.io` of the `portforward` subresource. When either side ends, the other is closed.
 * Source: k8s.io/kubelet pkg/cri/streaming/portforward/websocket.go.
 */
export async function openPortForward(connection: Connection, target: ForwardTarget): Promise<PortForward> {
  const stop = new AbortController();
  const sockets = new Set<Socket>();
  let lastError: Error | undefined;
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    let failed = false;
    const fail = (error: unknown) => {
      // The first reason counts: those after it are about a connection that is being closed.
      if (!failed) lastError = error instanceof Error ? error : new Error(String(error));
      failed = true;
      socket.destroy();
    };
    socket.on('error', fail);
    join(connection, target, socket, stop.signal, fail).catch(fail);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    get lastError() {
      return lastError;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function join(
  connection: Connection,
  target: ForwardTarget,
  socket: Socket,
  signal: AbortSignal,
  fail: (error: unknown) => void,
): Promise<void> {
  const pod = await target.choosePod(signal);
  const path =
    `/api/v1/namespaces/${encodeURIComponent(target.namespace)}/pods/${encodeURIComponent(pod)}/portforward` +
    `?ports=${target.port}`;
  const { url, options } = await connection.webSocketAccess(path);
  if (socket.destroyed) return;
  const remote = new WebSocket(url, [protocol], options);
  socket.on('close', () => {
    remote.close();
    setTimeout(() => remote.terminate(), closeBudgetMs).unref();
  });
  remote.on('close', () => socket.end(() => socket.destroy()));
  remote.on('error', fail);
  // Before it is open: a server that speaks first may do so in the very packet that opens it.
  receive(remote, socket, (text) =>
    fail(new Error(`Port ${target.port} of pod ${pod} could not be reached: ${text}`)),
  );
  await opened(remote, path, signal);
  socket.on('data', (chunk: Buffer) => {
    remote.send(Buffer.concat([Buffer.of(dataChannel), chunk]), () => {
      if (socket.isPaused() && remote.bufferedAmount < highWater) socket.resume();
    });
    if (remote.bufferedAmount >= highWater) socket.pause();
  });
  socket.resume();
}

/** Pod to client, waiting where the client is slow. The error channel opens with an empty message. */
function receive(remote: WebSocket, socket: Socket, failed: (text: string) => void): void {
  const prefixLeft = [portPrefix, portPrefix];
  remote.on('message', (message: RawData) => {
    const bytes = bytesOf(message);
    const channel = bytes[0] ?? dataChannel;
    const skip = Math.min(prefixLeft[channel] ?? 0, bytes.length - 1);
    prefixLeft[channel] = (prefixLeft[channel] ?? 0) - skip;
    const payload = bytes.subarray(1 + skip);
    if (payload.length === 0 || socket.destroyed) return;
    if (channel === errorChannel) {
      failed(payload.toString('utf8').trim());
    } else if (!socket.write(payload)) {
      remote.pause();
      socket.once('drain', () => remote.resume());
    }
  });
}
