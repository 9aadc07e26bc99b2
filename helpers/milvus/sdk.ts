import type * as Grpc from '@grpc/grpc-js';
import type { MilvusClient } from '@zilliz/milvus2-sdk-node';
import { failureAsDetails, failureInAnswer } from './outcome.ts';
import { channelOptionsOf, type MilvusTarget } from './target.ts';

export interface CallLimits {
  /** ms that one call may take. */
  readonly callTimeoutMs: number;
  /** Aborting it cancels the calls in flight. */
  readonly signal: AbortSignal;
}

/** Interceptors that the SDK installs: metadata, request metadata, retry. */
const interceptorsOfSdk = 3;

/**
 * The SDK's client without its surprises: no retry, no telemetry, no `Connect` call whose rejection nobody awaits.
 * Its retry interceptor is replaced: it also turned UNIMPLEMENTED into success and printed every request into a
 * string. The SDK (0.2 s, 55 MB) is imported when first needed.
 */
export async function openSdk(target: MilvusTarget, limits: CallLimits): Promise<MilvusClient> {
  const [sdk, grpc] = await Promise.all([import('@zilliz/milvus2-sdk-node'), import('@grpc/grpc-js')]);
  const client = new sdk.MilvusClient({
    address: target.address,
    timeout: limits.callTimeoutMs,
    logLevel: 'error',
    maxRetries: 0,
    telemetry: { enabled: false },
    isGlobal: false,
    __SKIP_CONNECT__: true,
    channelOptions: channelOptionsOf(target),
    pool: { min: 0, max: 4 },
    ...(target.token === undefined ? {} : { token: target.token }),
    ...(target.database === undefined ? {} : { database: target.database }),
    ...(target.tls === true ? { tls: { skipCertCheck: true } } : {}),
  });
  const interceptors: unknown = Reflect.get(client.channelOptions, 'interceptors');
  if (!Array.isArray(interceptors) || interceptors.length !== interceptorsOfSdk) {
    throw new Error('The Milvus SDK is not the version this was written for: its interceptors have changed.');
  }
  interceptors.splice(-1, 1, plainCalls(limits.signal, grpc));
  return client;
}

/**
 * Cancels on the signal, and makes an error of an answer that reports a failure, before the SDK sees it: where only
 * `code` is set, some of its methods take a failure for a success, and others trip over what the answer lacks.
 */
function plainCalls(signal: AbortSignal, grpc: typeof Grpc): Grpc.Interceptor {
  return (options, nextCall) => {
    const call = nextCall(options);
    let details: string | undefined;
    const cancel = () => call.cancelWithStatus(grpc.status.CANCELLED, 'The run was cut short.');
    return new grpc.InterceptingCall(call, {
      start(metadata, _listener, next) {
        signal.addEventListener('abort', cancel, { once: true });
        next(metadata, {
          onReceiveMessage(message, nextMessage) {
            const failure = failureInAnswer(message);
            if (failure !== undefined) details = failureAsDetails(failure);
            nextMessage(message);
          },
          onReceiveStatus(status, nextStatus) {
            signal.removeEventListener('abort', cancel);
            if (details === undefined || status.code !== grpc.status.OK) nextStatus(status);
            else nextStatus({ ...status, code: grpc.status.UNKNOWN, details });
          },
        });
      },
    });
  };
}
