import { z } from 'zod';
import type { Recorder } from '../workload/recorder.ts';
import type { Result } from './outcome.ts';
import { packRows, type PackedRows } from './packed-rows.ts';
import { openPlainConnection, type PlainConnection } from './plain-connection.ts';
import { recorded } from './recorded.ts';
import type { Mark } from './requests.ts';
import type { CallLimits } from './sdk.ts';
import type { MilvusTarget } from './target.ts';

const count = z.coerce.number();
const calls = {
  insert: {
    method: 'Insert',
    value: z.object({ insert_cnt: count }).transform((it) => ({ rows: it.insert_cnt })),
  },
  upsert: {
    method: 'Upsert',
    value: z.object({ upsert_cnt: count }).transform((it) => ({ rows: it.upsert_cnt })),
  },
} as const;

/** Opens a writer to one proxy, for load: an insert takes a thirtieth of the processor time of the SDK's. */
export async function openPackedWriter(
  target: MilvusTarget,
  recorder: Recorder,
  limits: CallLimits,
): Promise<PackedWriter> {
  return new PackedWriter(await openPlainConnection(target, limits), recorder);
}

/** Inserts and upserts with vectors as bytes. Recorded as the calls of a `RecordingClient` are, and sent once. */
export class PackedWriter implements AsyncDisposable {
  readonly #connection: PlainConnection;
  readonly #recorder: Recorder;
  /** The bytes of a call that is over, for the next: only one that was answered is sure to be read no more. */
  #space: Buffer | undefined;

  constructor(connection: PlainConnection, recorder: Recorder) {
    this.#connection = connection;
    this.#recorder = recorder;
  }

  /**
   * `rows` of the result: how many Milvus acknowledged. Rejects where the run was cut short before the call.
   *
   * @throws Error where a column does not hold a value for each row
   */
  async write(
    mark: Mark,
    call: 'insert' | 'upsert',
    collection: string,
    rows: PackedRows,
  ): Promise<Result<{ rows: number }>> {
    const { method, value } = calls[call];
    const definition = this.#connection.method(method);
    const body = packRows(definition.requestSerialize, collection, rows, this.#space);
    this.#space = undefined;
    const { signal } = this.#connection.limits;
    const result = await recorded(this.#recorder, signal, { call, mark, schema: value }, () =>
      this.#connection.send(definition, body),
    );
    if (result.state === 'ok') this.#space = Buffer.from(body.buffer, 0, body.buffer.byteLength);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }
}
