import { ApiError } from './errors.ts';
import { isRecord } from './json.ts';

/** One event of a watch; the object is raw. */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: unknown; readonly version: string }
  | { readonly type: 'BOOKMARK'; readonly version: string };

const newline = 0x0a;

/**
 * The events of a watch as its bytes arrive, one JSON object a line.
 * @param path of the watch, for the errors
 * @throws ApiError for an ERROR event, 410 where the server has forgotten the version; SyntaxError for what is no JSON
 */
export async function* watchEvents(path: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<WatchEvent> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
      const line = rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
      if (line.trim() !== '') yield eventOf(path, JSON.parse(line));
    }
  }
}

function eventOf(path: string, line: unknown): WatchEvent {
  const { type, object } = isRecord(line) ? line : {};
  const metadata = isRecord(object) && isRecord(object['metadata']) ? object['metadata'] : {};
  const version = typeof metadata['resourceVersion'] === 'string' ? metadata['resourceVersion'] : '';
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type, object, version };
    case 'BOOKMARK':
      return { type, version };
    default: {
      const code = isRecord(object) && typeof object['code'] === 'number' ? object['code'] : 500;
      const body = JSON.stringify(object ?? {});
      throw new ApiError({ method: 'GET', path, status: code, body, retryAfter: undefined });
    }
  }
}
