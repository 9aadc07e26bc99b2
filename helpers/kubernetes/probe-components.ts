import type { ComponentHealth } from '../topology/observation.ts';
import type { PodClient } from './ask-pod.ts';
import { isRecord } from './json.ts';

/** Every Milvus component's metrics and health port. */
export const metricsEndpoint = { scheme: 'http', port: 9091 } as const;

const walInfo = /^milvus_wal_info\{[^}\n]*\bwal_name="([^"\n]*)"/m;
/** Longest health text that is kept. */
const longestState = 300;

/** A component's health and, where it publishes one, the log that it really uses. */
export async function probeComponent(client: PodClient): Promise<ComponentHealth> {
  const health = await client.request('/healthz', { headers: { Accept: 'application/json' } });
  const metrics = await client.request('/metrics', { enough: (body) => walInfo.test(body) });
  const walName = walInfo.exec(metrics.body)?.[1];
  return {
    status: health.status,
    body: stateOf(health.body),
    ...(walName === undefined ? {} : { walName }),
  };
}

/** `OK`, or the reason; both as plain text and as JSON with the state of each role. */
function stateOf(body: string): string {
  const text = body.trim().slice(0, longestState);
  if (!text.startsWith('{')) return text;
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) && typeof parsed['state'] === 'string' ? parsed['state'] : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
