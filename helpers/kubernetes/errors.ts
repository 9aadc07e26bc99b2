import { isRecord } from './json.ts';

/** What stands between the suite and the cluster. One word each, for reports and tests. */
export type EnvironmentFailure =
  | 'no-configuration'
  | 'bad-configuration'
  | 'unknown-context'
  | 'unreachable'
  | 'unauthenticated'
  | 'forbidden'
  | 'no-namespace'
  /** Someone else is at work there. */
  | 'busy'
  | 'server-error';

/**
 * The suite cannot look at the cluster at all: nothing was judged. The command line prints `message` alone and exits
 * with 4. The message names the problem first, then the remedy, and carries no credentials.
 */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly failure: EnvironmentFailure;

  constructor(failure: EnvironmentFailure, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.failure = failure;
  }
}

/**
 * The API server's own refusal of one request: the `Status` body without the headers around it.
 * Source: Kubernetes API conventions, "Response Status Kind".
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** For example `NotFound`, `Forbidden`, `Expired`. Empty where the answer was no `Status`. */
  readonly reason: string;
  readonly method: string;
  readonly path: string;
  /** The server's words alone. */
  readonly serverMessage: string;
  /** From `Retry-After` or `details.retryAfterSeconds`. */
  readonly retryAfterMs: number | undefined;

  constructor(refusal: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly body: string;
    readonly retryAfter: string | undefined;
  }) {
    const { reason, message, retryAfterSeconds } = readStatus(refusal.body);
    super(`${refusal.method} ${refusal.path} was answered with ${refusal.status}: ${message}`);
    this.status = refusal.status;
    this.reason = reason;
    this.method = refusal.method;
    this.path = refusal.path;
    this.serverMessage = message;
    const seconds = retryAfterSeconds ?? numberOrUndefined(refusal.retryAfter);
    this.retryAfterMs = seconds === undefined ? undefined : seconds * 1000;
  }
}

/** Any thrown value as the one line that a person reads; an empty message gives way to its cause or its code. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  if (error.message !== '') return error.message;
  return error.cause === undefined ? error.name : messageOf(error.cause);
}

const longestBody = 300;

function readStatus(body: string): { reason: string; message: string; retryAfterSeconds?: number } {
  const parsed = parseObject(body);
  if (parsed?.['kind'] !== 'Status') {
    const text = body.replaceAll(/\s+/g, ' ').trim();
    return { reason: '', message: text === '' ? '(no body)' : text.slice(0, longestBody) };
  }
  const details = parsed['details'];
  const seconds = isRecord(details) ? details['retryAfterSeconds'] : undefined;
  return {
    reason: typeof parsed['reason'] === 'string' ? parsed['reason'] : '',
    message: typeof parsed['message'] === 'string' ? parsed['message'] : '(no message)',
    ...(typeof seconds === 'number' ? { retryAfterSeconds: seconds } : {}),
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function numberOrUndefined(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || Number.isNaN(value) ? undefined : value;
}
