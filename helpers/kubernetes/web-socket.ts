import { text } from 'node:stream/consumers';
import type { RawData, WebSocket } from 'ws';
import { ApiError } from './errors.ts';

/** Budget for opening, in ms: the API server has to reach the node first. */
const openBudgetMs = 15_000;

/**
 * Resolves once the WebSocket is open; the caller closes it in any case.
 * @throws ApiError with the server's words where it refuses the upgrade
 */
export function opened(socket: WebSocket, path: string, signal: AbortSignal): Promise<void> {
  const budget = AbortSignal.any([signal, AbortSignal.timeout(openBudgetMs)]);
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      const refusal = { method: 'GET', path, status: response.statusCode ?? 0 };
      const retryAfter = response.headers['retry-after'];
      text(response).then((body) => reject(new ApiError({ ...refusal, body, retryAfter })), reject);
    });
    budget.addEventListener('abort', () => reject(budget.reason), { once: true });
  });
}

/** A message in one piece, whatever form the library gives it. */
export function bytesOf(message: RawData): Buffer {
  if (Array.isArray(message)) return Buffer.concat(message);
  return Buffer.isBuffer(message) ? message : Buffer.from(message);
}
