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
  /** PATCH of a JSON merge patch, as `post` does. With a `metadata.resourceVersion` it is refused (409) if outdated. */
  patch(path: string, body: unknown, signal?: AbortSignal): Promise<unknown>;
  /** DELETE, its options as the body, as `post` does. */
  delete(path: string, options: unknown, signal?: AbortSignal): Promise<unknown>;
  /**
   * GET of a watch; resolves when the server has accepted it. Its bytes come however long it lasts; it is cut when
   * nothing came for 1.5 minutes, in which a server that was asked for bookmarks has sent one. Throws as `stream` does.
   */
  watch(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
  webSocketAccess(path: string): Promise<WebSocketAccess>;
}

/** Budget of one request, in ms: a page of 500 large objects from a busy server takes some seconds. */
const requestBudgetMs = 30_000;
/** Bookmarks come once a minute. Source: Kubernetes API concepts, "Watch bookmarks", and the recorded watches. */
const silentWatchMs = 90_000;

interface Sent {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent as JSON, with its media type. */
  readonly body?: unknown;
  readonly type?: 'application/json' | 'application/merge-patch+json';
  /** A watch: no budget but for its silence. */
  readonly lasting?: true;
}

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
      return await this.#json({ method: 'GET', path }, signal);
    } catch (error) {
      // A kept-alive socket that the server closed meanwhile; a read may be sent again.
      if (!wasCut(error)) throw error;
      return this.#json({ method: 'GET', path }, signal);
    }
  }

  post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#json({ method: 'POST', path, body, type: 'application/json' }, signal);
  }

  patch(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#json({ method: 'PATCH', path, body, type: 'application/merge-patch+json' }, signal);
  }

  delete(path: string, options: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#json({ method: 'DELETE', path, body: options, type: 'application/json' }, signal);
  }

  async *stream(path: string, signal?: AbortSignal): AsyncIterable<Buffer> {
    yield* await this.#open({ method: 'GET', path }, signal);
  }

  watch(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    return this.#open({ method: 'GET', path, lasting: true }, signal);
  }

  webSocketAccess(path: string): Promise<WebSocketAccess> {
    return this.#credentials.webSocketAccess(path);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#credentials[Symbol.asyncDispose]();
  }

  async #json(sent: Sent, signal: AbortSignal | undefined): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.#open(sent, signal)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    try {
      return JSON.parse(text);
    } catch (error) {
      throw notJson(`${this.server}${sent.path}`, error);
    }
  }

  async #open(
    { method, path, body, type, lasting }: Sent,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<Buffer>> {
    const { headers, pool } = await this.#credentials.access();
    const timeout = lasting === true ? [] : [AbortSignal.timeout(requestBudgetMs)];
    let refusal: ConstructorParameters<typeof ApiError>[0];
    try {
      const response = await request(`${this.server}${path}`, {
        method,
        headers: type === undefined ? headers : { ...headers, 'Content-Type': type },
        body: body === undefined ? null : JSON.stringify(body),
        dispatcher: pool,
        signal: AbortSignal.any([...timeout, ...(signal === undefined ? [] : [signal])]),
        ...(lasting === true && { bodyTimeout: silentWatchMs }),
      });
      if (response.statusCode < 300) return this.#read(response.body, signal);
      const retryAfter = response.headers['retry-after'];
      refusal = {
        method,
        path,
        status: response.statusCode,
        body: await response.body.text(),
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      };
    } catch (error) {
      throw this.#told(error, signal);
    }
    const error = new ApiError(refusal);
    throw error.status === 401 ? this.#unauthenticated(error) : error;
  }

  async *#read(body: AsyncIterable<Buffer>, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (error) {
      throw this.#told(error, signal);
    }
  }

  /** Aborted by the caller it stays as it is; anything else is a server that was not reached. */
  #told(error: unknown, signal: AbortSignal | undefined): unknown {
    return signal?.aborted === true ? error : unreachable(this.server, this.context, error);
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
