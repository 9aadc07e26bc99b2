import { z } from 'zod';
import type { Outcome } from '../workload/history.ts';
import { grpcStatusName, proofOfGrpcStatus, proofOfMilvusCode } from './refusals.ts';

export type Failure = Exclude<Outcome, { state: 'ok' }>;
export type Result<T> = { readonly state: 'ok'; readonly value: T } | Failure;

const status = z.object({
  error_code: z.union([z.string(), z.number()]),
  code: z.coerce.number().default(0),
  reason: z.string().default(''),
});

/** Most answers carry a status; some are one. */
const answer = z.union([z.object({ status }).transform((outer) => outer.status), status]);

const cause = { code: z.string(), message: z.string() };
const failure = z.discriminatedUnion('state', [
  z.object({ state: z.literal('fail'), ...cause }),
  z.object({ state: z.literal('unknown'), ...cause, answered: z.literal(true).exactOptional() }),
]) satisfies z.ZodType<Failure>;

const grpcError = z.object({ code: z.number().int().min(0).max(16), details: z.string() });

/** Begins the details of a gRPC status that `failureInAnswer` was put into. */
const marker = 'milvus-failure:';

/**
 * The failure that an answer carries, if it does. Milvus reports failures in answers that gRPC counts as OK, by
 * `error_code` (a name; all there was before 2.3) and by `code`: either one not successful is a failure.
 */
export function failureInAnswer(received: unknown): Failure | undefined {
  const found = answer.safeParse(received);
  if (!found.success) return malformed('it has no status');
  const { error_code: name, code, reason } = found.data;
  if (code !== 0) return milvusFailure(proofOfMilvusCode(code), `MILVUS_${code}`, reason);
  if (name !== 'Success' && name !== 0) return milvusFailure('unknown', `MILVUS_${name}`, reason);
  return undefined;
}

/** A failure as the details of a gRPC status; `outcomeOfError` reads it back. */
export function failureAsDetails(failed: Failure): string {
  return marker + JSON.stringify(failed);
}

/** What an answer proves. One that lacks what `schema` asks for is no evidence of success. */
export function outcomeOfAnswer<T>(received: unknown, schema: z.ZodType<T>): Result<T> {
  const failed = failureInAnswer(received);
  if (failed !== undefined) return failed;
  const parsed = schema.safeParse(received);
  return parsed.success
    ? { state: 'ok', value: parsed.data }
    : malformed(`it says success, but ${problemsOf(parsed.error)}`);
}

/** What a thrown value proves: a gRPC error, or an error of the client itself. */
export function outcomeOfError(error: unknown): Failure {
  const grpc = grpcError.safeParse(error);
  if (!grpc.success) {
    const message = error instanceof Error ? error.message : JSON.stringify(error);
    return { state: 'unknown', code: 'CLIENT_ERROR', message };
  }
  const { code, details } = grpc.data;
  if (details.startsWith(marker)) return failure.parse(JSON.parse(details.slice(marker.length)));
  const name = grpcStatusName(code);
  return { state: proofOfGrpcStatus(name), code: name, message: details };
}

function milvusFailure(state: 'fail' | 'unknown', code: string, reason: string): Failure {
  const message = reason === '' ? 'no reason given' : reason;
  return state === 'fail' ? { state, code, message } : { state, code, message, answered: true };
}

function problemsOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

function malformed(problem: string): Failure {
  return {
    state: 'unknown',
    code: 'MALFORMED_ANSWER',
    message: `The answer cannot be read: ${problem}.`,
    answered: true,
  };
}
