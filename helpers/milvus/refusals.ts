type Proof = 'fail' | 'unknown';

/** gRPC status names; the index is the code on the wire. */
const grpcStatuses = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;
export type GrpcStatus = (typeof grpcStatuses)[number];

/**
 * Statuses that prove that nothing was applied. The rest can also come from a proxy or a server that died after
 * it had written.
 */
const certain: ReadonlySet<GrpcStatus> = new Set([
  'INVALID_ARGUMENT',
  'PERMISSION_DENIED',
  'UNAUTHENTICATED',
  'UNIMPLEMENTED',
]);

export function grpcStatusName(code: number): GrpcStatus {
  return grpcStatuses[code] ?? 'UNKNOWN';
}

export function proofOfGrpcStatus(status: GrpcStatus): Proof {
  return certain.has(status) ? 'fail' : 'unknown';
}

/**
 * Milvus error codes that are given before anything is applied: denials by quota, missing objects, bad
 * parameters, missing rights. Source: Milvus, `pkg/util/merr/errors.go`.
 */
const refusals: Readonly<Record<number, string>> = {
  7: 'disk limit exceeded',
  8: 'rate limit exceeded',
  9: 'quota exceeded',
  10: 'service unimplemented',
  11: 'time tick long delay',
  100: 'collection not found',
  101: 'collection not loaded',
  102: 'too many collections',
  105: 'illegal collection schema',
  200: 'partition not found',
  201: 'partition not loaded',
  700: 'index not found',
  701: 'index not supported',
  702: 'index duplicates',
  800: 'database not found',
  1100: 'invalid parameter',
  1101: 'missing parameter',
  1102: 'parameter too large',
  1400: 'not authenticated',
  1401: 'not permitted',
  1700: 'field not found',
  1701: 'field name invalid',
  3000: 'operation not supported',
};

export function proofOfMilvusCode(code: number): Proof {
  return code in refusals ? 'fail' : 'unknown';
}
