import { setTimeout as sleep } from 'node:timers/promises';
import { notJson, type Connection } from './connection.ts';
import { ApiError, EnvironmentError } from './errors.ts';
import { ListItems, type ListEnd } from './list-items.ts';
import { wasCut } from './unreachable.ts';

export interface Listed<T> {
  readonly items: readonly T[];
  /** Requests that were sent, those that the server put off included. */
  readonly requests: number;
  /** `resourceVersion` of the list: a watch from it misses nothing. */
  readonly version: string;
}

/** Objects a page. The same as kubectl's, so that a large list is not one answer of hundreds of megabytes. */
const pageSize = 500;
/** A list whose continuation expires this often will not end. */
const mostRestarts = 3;
/** A list over a line that is cut this often is not whole. */
const mostCuts = 1;
/** Waits for a server that says "too many requests", in all. */
const busyBudgetMs = 60_000;
const defaultRetryMs = 1000;

/**
 * Reads a whole list in pages, keeping of each item only what `keep` returns (undefined drops it), so that memory is
 * bounded by what is kept and one page.
 *
 * When the server has forgotten the list's version (410) it is read again from the start; when the server is busy
 * (429, or 503 with a time) its `Retry-After` is obeyed.
 * Source: Kubernetes API concepts, "Retrieving large results sets in chunks".
 *
 * @param selection further query parameters, for example `labelSelector`
 * @throws ApiError when the list is refused or unknown, EnvironmentError when the server cannot be reached or never
 * completes the list
 */
export async function list<T>(
  connection: Connection,
  path: string,
  keep: (item: unknown) => T | undefined,
  signal?: AbortSignal,
  selection: ReadonlyMap<string, string> = new Map(),
): Promise<Listed<T>> {
  let items: T[] = [];
  let requests = 0;
  let restarts = 0;
  let cuts = 0;
  let waitedMs = 0;
  let token = '';
  for (;;) {
    const query = new URLSearchParams([['limit', String(pageSize)], ...selection]);
    if (token !== '') query.set('continue', token);
    try {
      requests += 1;
      const page = await readPage(connection, `${path}?${query.toString()}`, keep, signal);
      for (const item of page.items) items.push(item);
      if (page.next === '') return { items, requests, version: page.version };
      token = page.next;
    } catch (error) {
      if (wasCut(error) && cuts < mostCuts) {
        cuts += 1;
        continue;
      }
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 410 && token !== '' && restarts < mostRestarts) {
        restarts += 1;
        items = [];
        token = '';
        continue;
      }
      const pauseMs = busyFor(error);
      if (pauseMs === undefined) throw error;
      waitedMs += pauseMs;
      if (waitedMs > busyBudgetMs) throw error;
      await sleep(pauseMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}

function busyFor(error: ApiError): number | undefined {
  if (error.status === 429) return error.retryAfterMs ?? defaultRetryMs;
  return error.status === 503 ? error.retryAfterMs : undefined;
}

async function readPage<T>(
  connection: Connection,
  path: string,
  keep: (item: unknown) => T | undefined,
  signal: AbortSignal | undefined,
): Promise<ListEnd & { readonly items: readonly T[] }> {
  const items: T[] = [];
  const reader = new ListItems((item) => {
    const kept = keep(item);
    if (kept !== undefined) items.push(kept);
  });
  let end: ListEnd | undefined;
  try {
    for await (const chunk of connection.stream(path, signal)) reader.write(chunk);
    end = reader.end();
  } catch (error) {
    throw error instanceof SyntaxError ? notJson(`${connection.server}${path}`, error) : error;
  }
  if (end === undefined) {
    throw new EnvironmentError(
      'server-error',
      `GET ${path} was not answered with a list. Is ${connection.server} an API server?`,
    );
  }
  return { items, ...end };
}
