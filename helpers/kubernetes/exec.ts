import { WebSocket, type RawData } from 'ws';
import type { Connection } from './connection.ts';
import { isRecord } from './json.ts';
import { kinds, objectPath } from './kinds.ts';
import { bytesOf, opened } from './web-socket.ts';

/** Where a command is run. */
export interface ExecTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** How a command ended. */
export type ExecResult =
  | { readonly state: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** It could not be started, in the words of the node: no such program, no such container. */
  | { readonly state: 'not started'; readonly message: string }
  /** Nobody said how, as when the container went with it. */
  | { readonly state: 'cut'; readonly reason: string };

const channels = { stdout: 1, stderr: 2, status: 3 } as const;
/** The newest first; both close each channel on its own or not at all, which makes no difference here. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** Budget of one command, in ms. */
const execBudgetMs = 15_000;
/** For the peer's half of the closing handshake, in ms. */
const closeBudgetMs = 1000;

/**
 * Runs a command in a container, without a terminal and without input.
 *
 * Source: the `exec` subresource of pods; channels by k8s.io/apimachinery pkg/util/remotecommand/constants.go; the last
 * message is a `Status`, whose cause `ExitCode` is the command's.
 * @throws ApiError where the server refuses; the WebSocket's error where it cannot be reached
 */
export async function execInPod(
  connection: Connection,
  { namespace, pod, container }: ExecTarget,
  command: readonly string[],
  signal: AbortSignal,
): Promise<ExecResult> {
  const query = new URLSearchParams([['container', container]]);
  for (const word of command) query.append('command', word);
  query.set('stdout', 'true');
  query.set('stderr', 'true');
  const path = `${objectPath(kinds.Pod, namespace, pod, 'exec')}?${query.toString()}`;
  const { url, options } = await connection.webSocketAccess(path);
  const socket = new WebSocket(url, protocols, options);
  const budget = AbortSignal.any([signal, AbortSignal.timeout(execBudgetMs)]);
  let cutBy = 'the connection was closed';
  socket.on('error', (error) => {
    cutBy = error.message;
  });
  const said = { [channels.stdout]: '', [channels.stderr]: '', [channels.status]: '' };
  socket.on('message', (message: RawData) => {
    const bytes = bytesOf(message);
    const channel = bytes[0];
    if (channel === 1 || channel === 2 || channel === 3) said[channel] += bytes.toString('utf8', 1);
  });
  try {
    await opened(socket, path, budget);
    await closed(socket, budget);
  } finally {
    socket.close();
    setTimeout(() => socket.terminate(), closeBudgetMs).unref();
  }
  return resultOf(said[channels.stdout], said[channels.stderr], said[channels.status], cutBy);
}

function closed(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (socket.readyState === WebSocket.CLOSED) resolve();
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

function resultOf(stdout: string, stderr: string, status: string, cutBy: string): ExecResult {
  if (status === '') return { state: 'cut', reason: cutBy };
  const parsed: unknown = JSON.parse(status);
  const { status: outcome, details, message } = isRecord(parsed) ? parsed : {};
  if (outcome === 'Success') return { state: 'ended', exitCode: 0, stdout, stderr };
  const exitCode = exitCodeOf(details);
  if (exitCode !== undefined) return { state: 'ended', exitCode, stdout, stderr };
  return { state: 'not started', message: typeof message === 'string' ? message : status };
}

function exitCodeOf(details: unknown): number | undefined {
  const causes = isRecord(details) && Array.isArray(details['causes']) ? details['causes'] : [];
  const cause: unknown = causes.find((found) => isRecord(found) && found['reason'] === 'ExitCode');
  return isRecord(cause) ? Number(cause['message']) : undefined;
}
