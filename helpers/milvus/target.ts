/** How a Milvus proxy is reached. */
export interface MilvusTarget {
  /** `127.0.0.1:port` of a port-forward to a proxy pod. */
  readonly address: string;
  /** `user:password` or an API key. */
  readonly token?: string;
  /** Encrypt. The certificate is not compared with the address, since a port-forward's is never in it. */
  readonly tls?: boolean;
  /** Database of calls that name none; `default` without it. */
  readonly database?: string;
}

/**
 * gRPC channel options. The default back-off found a returned server 11 s late; this one finds it within a second.
 * TLS takes no IP address for a server's name, so it gets another; it is not compared.
 */
export function channelOptionsOf(target: MilvusTarget): Record<string, string | number> {
  return {
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1000,
    'grpc.enable_retries': 0,
    'grpc.use_local_subchannel_pool': 1,
    ...(target.tls === true ? { 'grpc.ssl_target_name_override': 'localhost' } : {}),
  };
}
