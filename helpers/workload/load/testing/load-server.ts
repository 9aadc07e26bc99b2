import * as grpc from '@grpc/grpc-js';
import { loadMilvusService } from '../../../milvus/service.ts';
import { type Answer, answers, type Collections } from './load-model.ts';

type Method = keyof typeof answers;

/** Changes a right answer. Throwing makes it the gRPC status UNAVAILABLE; a promise that never settles hangs. */
type Alteration = (answer: Answer, request: unknown) => Answer | Promise<Answer>;

export interface LoadServer extends AsyncDisposable {
  readonly address: string;
  /** What is altered, from now on. */
  readonly alterations: Map<Method, Alteration>;
  /** Calls that were received. */
  readonly calls: Map<Method, number>;
}

const methods = Object.keys(answers).filter((name): name is Method => name in answers);

/** Serves the model on a port of 127.0.0.1. */
export async function startLoadServer(): Promise<LoadServer> {
  const collections: Collections = new Map();
  const alterations = new Map<Method, Alteration>();
  const calls = new Map<Method, number>();
  const answer = async (method: Method, request: unknown, callback: grpc.sendUnaryData<Answer>) => {
    calls.set(method, (calls.get(method) ?? 0) + 1);
    try {
      const right = answers[method](request, collections);
      callback(null, (await alterations.get(method)?.(right, request)) ?? right);
    } catch (error) {
      callback({ code: grpc.status.UNAVAILABLE, details: String(error) });
    }
  };
  const implementation: grpc.UntypedServiceImplementation = Object.fromEntries(
    methods.map((method) => {
      const unary: grpc.handleUnaryCall<unknown, Answer> = (call, callback) =>
        void answer(method, call.request, callback);
      return [method, unary];
    }),
  );
  const server = new grpc.Server();
  server.addService((await loadMilvusService()).service, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    alterations,
    calls,
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  };
}
