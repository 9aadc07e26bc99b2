import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import * as grpc from '@grpc/grpc-js';
import { loadMilvusService } from '../service.ts';
import { type Answer, answerOf, type Method, methods, type State } from './milvus-model.ts';

/**
 * Changes what the correct server answers; throwing a GrpcFailure makes it that gRPC error, and a promise
 * that never settles makes it hang.
 */
export type Alteration = (answer: Answer, request: unknown, state: State) => Answer | Promise<Answer>;

export interface TestServer extends AsyncDisposable {
  readonly address: string;
  readonly requests: readonly ReceivedRequest[];
}

interface ReceivedRequest {
  readonly method: string;
  readonly request: unknown;
  /** What the header `authorization` decodes to. */
  readonly token: string | undefined;
}

interface Listening {
  readonly address?: string;
  readonly credentials?: grpc.ServerCredentials;
}

/** A Milvus of one collection in memory that answers correctly, unless a method is altered. */
export async function startMilvusServer(
  alterations: Partial<Record<Method, Alteration>> = {},
  { address = '127.0.0.1:0', credentials = grpc.ServerCredentials.createInsecure() }: Listening = {},
): Promise<TestServer> {
  const state: State = { rows: new Map(), collection: undefined };
  const requests: ReceivedRequest[] = [];
  const answer = async (
    method: Method,
    request: unknown,
    callback: grpc.sendUnaryData<Answer>,
  ): Promise<void> => {
    try {
      const correct = answerOf(method, request, state);
      callback(null, (await alterations[method]?.(correct, request, state)) ?? correct);
    } catch (error) {
      callback(toStatus(error));
    }
  };
  const implementation: UntypedServiceImplementation = Object.fromEntries(
    methods.map((method) => {
      const unary: handleUnaryCall<unknown, Answer> = (call, callback) => {
        requests.push({ method, request: call.request, token: tokenOf(call.metadata) });
        void answer(method, call.request, callback);
      };
      return [method, unary];
    }),
  );
  const server = new grpc.Server();
  server.addService((await loadMilvusService()).service, implementation);
  const port = await listen(server, address, credentials);
  return {
    address: `127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  };
}

function listen(server: grpc.Server, address: string, credentials: grpc.ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function tokenOf(metadata: grpc.Metadata): string | undefined {
  const [header] = metadata.get('authorization');
  return typeof header === 'string' ? Buffer.from(header, 'base64').toString('utf8') : undefined;
}

function toStatus(error: unknown): Partial<grpc.StatusObject> {
  return error instanceof GrpcFailure
    ? { code: error.code, details: error.message }
    : { code: grpc.status.INTERNAL, details: String(error) };
}

/** Thrown by an alteration to answer with a gRPC status. */
export class GrpcFailure extends Error {
  readonly code: grpc.status;

  constructor(code: grpc.status, details: string) {
    super(details);
    this.code = code;
  }
}
