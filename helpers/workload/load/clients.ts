import { type LoadClient, openLoadClient } from '../../milvus/load-client.ts';
import { openPackedWriter, type PackedWriter } from '../../milvus/packed-insert.ts';
import { openScenarioClient, type ScenarioClient } from '../../milvus/scenario-client.ts';
import type { Recorder } from '../recorder.ts';
import type { LoadSettings } from './contract.ts';

/** What a load reaches a proxy by; disposing it closes all three. */
export interface LoadClients extends AsyncDisposable {
  /** What is called by the thousand. */
  readonly lean: LoadClient;
  /** Inserts and upserts. */
  readonly writer: PackedWriter;
  /** All else. */
  readonly sdk: ScenarioClient;
}

/** ms for a call before and after the load: to make a collection or to load one may take a busy cluster that long. */
export const patientTimeoutMs = 30_000;

/** Opens no connection: each is made by its first call. */
export async function openLoadClients(
  { target, signal }: Pick<LoadSettings, 'target' | 'signal'>,
  recorder: Recorder,
  callTimeoutMs: number,
): Promise<LoadClients> {
  const limits = { callTimeoutMs, signal };
  const [lean, writer, sdk] = await Promise.all([
    openLoadClient(target, recorder, limits),
    openPackedWriter(target, recorder, limits),
    openScenarioClient(target, recorder, limits),
  ]);
  const close = async () => {
    for (const client of [sdk, writer, lean]) await client[Symbol.asyncDispose]();
  };
  return { lean, writer, sdk, [Symbol.asyncDispose]: close };
}
