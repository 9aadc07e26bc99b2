import type { KubeConfig } from '@kubernetes/client-node';
import { Agent, type Dispatcher } from 'undici';
import { packageVersion } from '../engine/package.ts';
import { EnvironmentError, messageOf } from './errors.ts';
import { isRecord } from './json.ts';

/** What a WebSocket needs to be opened with the connection's credentials. */
export interface WebSocketAccess {
  readonly url: string;
  readonly options: {
    readonly headers: Readonly<Record<string, string>>;
    readonly [option: string]: unknown;
  };
}

/** What a request needs to be sent. */
interface Access {
  readonly headers: Readonly<Record<string, string>>;
  readonly pool: Dispatcher;
}

/**
 * The credentials of a kubeconfig's context, and one pool of sockets made with them: client-node makes a new agent
 * for every request, and this keeps the first. Tokens are asked for each time, since they expire.
 */
export class PooledCredentials implements AsyncDisposable {
  readonly context: string;
  readonly server: string;
  readonly #configuration: KubeConfig;
  readonly #userAgent = `milvus-conformance/${packageVersion()}`;
  #pool: Dispatcher | undefined;

  constructor(configuration: KubeConfig) {
    this.#configuration = configuration;
    this.context = configuration.getCurrentContext();
    this.server = configuration.getCurrentCluster()?.server ?? '';
  }

  /** @throws EnvironmentError `bad-configuration` when a credential cannot be had, for example from its plugin */
  async access(): Promise<Access> {
    const { HttpMethod, RequestContext } = await import('@kubernetes/client-node');
    const context = new RequestContext(this.server, HttpMethod.GET);
    await this.#authenticating(() => this.#configuration.applySecurityAuthentication(context));
    this.#pool ??= context.getDispatcher() ?? new Agent();
    const headers = { ...this.#headers(context.getHeaders()), Accept: 'application/json' };
    return { headers, pool: this.#pool };
  }

  /** As `access`, for the library `ws`. It accepts anything: a stream has no media type, and the API server says so (406). */
  async webSocketAccess(path: string): Promise<WebSocketAccess> {
    const options: Record<string, unknown> = {};
    await this.#authenticating(() => this.#configuration.applyToHTTPSOptions(options));
    const headers = isRecord(options['headers']) ? options['headers'] : {};
    return {
      url: `${this.server.replace(/^http/, 'ws')}${path}`,
      options: { ...options, headers: this.#headers(headers) },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  /** A token read from a file may end in a line break, which a header must not. */
  #headers(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
    const trimmed = Object.entries(given).map(([name, value]) => [name, String(value).trim()]);
    return { ...Object.fromEntries(trimmed), 'User-Agent': this.#userAgent };
  }

  async #authenticating(apply: () => Promise<void>): Promise<void> {
    try {
      await apply();
    } catch (error) {
      throw new EnvironmentError(
        'bad-configuration',
        `The credentials of context ${this.context} could not be had: ${messageOf(error).trim()}. ` +
          'Check the user that this context names in the kubeconfig: its files, and its exec plugin if it has one.',
        { cause: error },
      );
    }
  }
}
