import type { Client, Metadata, ServiceDefinition } from '@grpc/grpc-js';
import type { CallLimits } from './sdk.ts';
import { loadMilvusService, openService } from './service.ts';
import type { MilvusTarget } from './target.ts';
import { metadataOf, unary } from './unary.ts';

type Method = ServiceDefinition[string];

/** Opens a connection to one proxy for calls that the SDK makes too dear. It connects with its first call. */
export async function openPlainConnection(
  target: MilvusTarget,
  limits: CallLimits,
): Promise<PlainConnection> {
  const [client, { service }, metadata] = await Promise.all([
    openService(target),
    loadMilvusService(),
    metadataOf(target),
  ]);
  return new PlainConnection(client, service, metadata, limits);
}

/** The gRPC service as the SDK's package defines it, without the SDK. */
export class PlainConnection implements AsyncDisposable {
  readonly limits: CallLimits;
  readonly #client: Client;
  readonly #service: ServiceDefinition;
  readonly #metadata: Metadata;

  constructor(client: Client, service: ServiceDefinition, metadata: Metadata, limits: CallLimits) {
    this.#client = client;
    this.#service = service;
    this.#metadata = metadata;
    this.limits = limits;
  }

  /** @throws Error where the service has no such method */
  method(name: string): Method {
    const method = this.#service[name];
    if (method === undefined) throw new Error(`The SDK's package defines no ${name}.`);
    return method;
  }

  /**
   * Sends a request that is bytes already.
   *
   * @throws the gRPC error
   */
  send({ path, responseDeserialize }: Method, request: Buffer): Promise<unknown> {
    const { signal, callTimeoutMs } = this.limits;
    return unary(signal, (answered) =>
      this.#client.makeUnaryRequest(
        path,
        (bytes: Buffer) => bytes,
        responseDeserialize,
        request,
        this.#metadata,
        { deadline: Date.now() + callTimeoutMs },
        answered,
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
  }
}
