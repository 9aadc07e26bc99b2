import type { KubeConfig } from '@kubernetes/client-node';
import { request } from 'undici';
import { loadConfiguration, type Target } from './configuration.ts';
import { ApiError, EnvironmentError } from './errors.ts';
import { isRecord } from './json.ts';
import { PooledCredentials, type WebSocketAccess } from './pooled-credentials.ts';
import { unreachable, wasCut } from './unreachable.ts';

/** An authenticated way to one API server. All requests share one pool; dispose it to close the sockets. */
export interface Connection extends AsyncDisposable {
  readonly context: string;
  readonly server: string;
  /** Asked for, or the context's own, or `default`. */
  readonly namespace: string;
  /** The server's version, for example `v1.34.4`. */
  readonly kubernetes: string;
  /**
   * GET, decoded JSON.
   * @param path with its query, for example `/api/v1/namespaces/milvus/pods?limit=500`
   * @throws ApiError when the server refuses; EnvironmentError when it cannot be reached or knows nobody (401)
   */
  get(path: string, signal?: AbortSignal): Promise<unknown>;
  /** GET, the body's bytes as they arrive. Throws as `get` does, also while it is read; not sent again. */
  stream(path: string, signal?: AbortSignal): AsyncIterable<Buffer>;
  /** POST of a JSON body, decoded JSON back. Throws as `get` does; never sent twice. */
  post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown>;
  webSocketAccess(path: string): Promise<WebSocketAccess>;
}

/** Budget of one request, in ms: a page of 500 large objects from a busy server takes some seconds. */
const requestBudgetMs = 30_000;

/**
 * Finds the configuration, authenticates and asks the server for its version, so that every reason not to go on is
 * known here.
 * @throws EnvironmentError
 */
export async function connect(target: Target, signal?: AbortSignal): Promise<Connection> {
  const configuration = await loadConfiguration(target);
  // An `http:` server (kubectl proxy) is what the person wrote; client-node takes it only with TLS checks off.
  configuration.clusters = configuration.clusters.map((cluster) =>
    cluster.server.startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster,
  );
  const connection = new PooledConnection(configuration, target.namespace);
  try {
    await connection.readVersion(signal);
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw error;
  }
  return connection;
}

class PooledConnection implements Connection {
  readonly context: string;
  readonly server: string;
  readonly namespace: string;
  kubernetes = '';
  readonly #credentials: PooledCredentials;

  constructor(configuration: KubeConfig, namespace: string | undefined) {
    this.#credentials = new PooledCredentials(configuration);
    this.context = this.#credentials.context;
    this.server = this.#credentials.server;
    const ofContext = configuration.getContextObject(this.context)?.namespace?.trim();
    this.namespace = namespace ?? (ofContext || 'default');
  }

  async readVersion(signal: AbortSignal | undefined): Promise<void> {
    const version = await this.get('/version', signal).catch((error: unknown) => {
      if (error instanceof ApiError && error.status !== 403) {
        throw new EnvironmentError(
          'server-error',
          `${this.server} (context ${this.context}) does not answer as a Kubernetes API server: ${error.message}. ` +
            'Check the server address in the kubeconfig.',
          { cause: error },
        );
      }
      if (error instanceof ApiError) return {};
      throw error;
    });
    const found = isRecord(version) ? version['gitVersion'] : undefined;
    this.kubernetes = typeof found === 'string' ? found : 'unknown';
  }

  async get(path: string, signal?: AbortSignal): Promise<unknown> {
    try {
      return await this.#json('GET', path, undefined, signal);
    } catch (error) {
      // A kept-alive socket that the server closed meanwhile; a read may be sent again.
      if (!wasCut(error)) throw error;
      return this.#json('GET', path, undefined, signal);
    }
  }

  post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#json('POST', path, JSON.stringify(body), signal);
  }

  async *stream(path: string, signal?: AbortSignal): AsyncIterable<Buffer> {
    yield* this.#send('GET', path, undefined, signal);
  }

  webSocketAccess(path: string): Promise<WebSocketAccess> {
    return this.#credentials.webSocketAccess(path);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#credentials[Symbol.asyncDispose]();
  }

  async #json(
    method: 'GET' | 'POST',
    path: string,
    sent: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.#send(method, path, sent, signal)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    try {
      return JSON.parse(text);
    } catch (error) {
      throw notJson(`${this.server}${path}`, error);
    }
  }

  async *#send(
    method: 'GET' | 'POST',
    path: string,
    sent: string | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Buffer> {
    const { headers, pool } = await this.#credentials.access();
    const timeout = AbortSignal.timeout(requestBudgetMs);
    let refusal: ConstructorParameters<typeof ApiError>[0];
    try {
      const response = await request(`${this.server}${path}`, {
        method,
        headers: sent === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
        body: sent ?? null,
        dispatcher: pool,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      if (response.statusCode < 300) {
        yield* response.body;
        return;
      }
      const retryAfter = response.headers['retry-after'];
      refusal = {
        method,
        path,
        status: response.statusCode,
        body: await response.body.text(),
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      };
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw unreachable(this.server, this.context, error);
    }
    const error = new ApiError(refusal);
    throw error.status === 401 ? this.#unauthenticated(error) : error;
  }

  #unauthenticated(refusal: ApiError): EnvironmentError {
    return new EnvironmentError(
      'unauthenticated',
      `The Kubernetes API server ${this.server} does not know who you are (401: ${refusal.serverMessage}). ` +
        `The credentials of context ${this.context} are missing, wrong or expired: log in again, then try: ` +
        `kubectl --context ${this.context} auth whoami`,
      { cause: refusal },
    );
  }
}

/** The answer of something that is no API server. */
export function notJson(url: string, cause: unknown): EnvironmentError {
  return new EnvironmentError(
    'server-error',
    `${url} was answered with something that is not the JSON of the Kubernetes API. ` +
      'Check that the server address in the kubeconfig is an API server and not a web page or a login proxy.',
    { cause },
  );
}
