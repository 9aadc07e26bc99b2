import { Agent, request } from 'undici';
import type { Pod } from '../topology/objects.ts';
import type { Answer } from '../topology/observation.ts';
import type { Connection } from './connection.ts';
import { messageOf } from './errors.ts';
import { openPortForward } from './port-forward.ts';

export interface Endpoint {
  readonly scheme: 'http' | 'https';
  /** Container port. */
  readonly port: number;
}

interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends reading early: called with all of the body so far, returns true when that is enough. */
  readonly enough?: (body: string) => boolean;
}

/** Talks HTTP to one port of one pod. */
export interface PodClient {
  /** For example `http://127.0.0.1:41233`: where the pod is reached from here. */
  readonly origin: string;
  request(path: string, options?: HttpRequest): Promise<HttpAnswer>;
}

/** Budget for all questions to one pod, in ms. */
const podBudgetMs = 10_000;
/** A body longer than this is cut, in characters: metrics of a busy component have some megabytes. */
const longestBody = 16 * 1024 * 1024;

/**
 * Asks one pod through a port-forward of its own. A pod that does not run is not asked; what goes wrong is an answer
 * too, and never thrown, unless the signal aborts.
 */
export async function askPod<T>(
  connection: Connection,
  pod: Pod,
  endpoint: Endpoint,
  ask: (client: PodClient) => Promise<T>,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const phase = pod.status?.phase ?? 'Unknown';
  if (phase !== 'Running') return { state: 'unasked', reason: `the pod is ${phase}, not Running` };
  const timeout = AbortSignal.timeout(podBudgetMs);
  const budget = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  // A certificate is for the name inside the cluster, never for the local end of the forward.
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  await using forward = await openPortForward(connection, {
    namespace: pod.metadata.namespace ?? connection.namespace,
    port: endpoint.port,
    choosePod: () => pod.metadata.name,
  });
  const origin = `${endpoint.scheme}://${forward.host}:${forward.port}`;
  try {
    const value = await ask({
      origin,
      request: (path, options) => send(agent, `${origin}${path}`, options ?? {}, budget),
    });
    return { state: 'answered', value };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const reason = timeout.aborted ? `no answer within ${podBudgetMs / 1000} s` : messageOf(error);
    const ownReason = `Port ${endpoint.port} of pod ${pod.metadata.name}: ${reason}`;
    return { state: 'failed', error: forward.lastError?.message ?? ownReason };
  } finally {
    await agent.destroy();
  }
}

async function send(
  agent: Agent,
  url: string,
  options: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const response = await request(url, {
    method: options.method ?? 'GET',
    headers: options.headers ?? {},
    body: options.body ?? null,
    dispatcher: agent,
    signal,
  });
  let body = '';
  response.body.setEncoding('utf8');
  for await (const part of response.body) {
    body += String(part);
    if (options.enough?.(body) === true || body.length > longestBody) break;
  }
  return { status: response.statusCode, body };
}
