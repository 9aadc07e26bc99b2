import { openRecordingClient } from '../milvus/recording-client.ts';
import type { MilvusTarget } from '../milvus/target.ts';
import type { Recorder } from './recorder.ts';

const callTimeoutMs = 10_000;

/**
 * Removes what a run made, and looks whether anything is left. On a connection of its own, and not aborted with
 * the run: its calls are few and each has a time-out. Recorded like all else; judged like all else.
 */
export async function cleanUp(target: MilvusTarget, recorder: Recorder): Promise<void> {
  const { collection } = recorder.header;
  const limits = { callTimeoutMs, signal: new AbortController().signal };
  await using client = await openRecordingClient(target, recorder, limits);
  const list = () => client.listCollections({ step: 'list at the end', request: { collection } }, collection);
  const before = await list();
  if (before.state === 'ok' && before.value.own.length === 0) return;
  await client.dropCollection({ step: 'drop at the end', request: { collection } }, collection);
  await list();
}
