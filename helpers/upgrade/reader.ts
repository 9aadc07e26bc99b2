import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Metadata } from '@grpc/grpc-js';
import type { z } from 'zod';
import { outcomeOfAnswer, outcomeOfError, type Result } from '../milvus/outcome.ts';
import { openService } from '../milvus/service.ts';
import type { MilvusTarget } from '../milvus/target.ts';
import { metadataOf, unary } from '../milvus/unary.ts';

/** ms that one call may take. */
const callTimeoutMs = 30_000;

/** A read that got no answer is asked again so often: it changes nothing, and a forward may be cut. */
const attempts = 3;
const pauseMs = 500;

/** Opens a reader of one proxy. Dispose it to close the connection. */
export async function openReader(target: MilvusTarget, signal: AbortSignal): Promise<MilvusReader> {
  const [client, metadata] = await Promise.all([openService(target), metadataOf(target)]);
  return new MilvusReader(client, metadata, signal);
}

/** Calls of the Milvus API by name, with 64-bit numbers as texts and enums as names. */
export class MilvusReader implements AsyncDisposable {
  readonly #client: Client;
  readonly #metadata: Metadata;
  readonly #signal: AbortSignal;
  #requests = 0;

  constructor(client: Client, metadata: Metadata, signal: AbortSignal) {
    this.#client = client;
    this.#metadata = metadata;
    this.#signal = signal;
  }

  /** Calls sent so far. */
  get requests(): number {
    return this.#requests;
  }

  /** A call that changes nothing; asked again where no answer came. Rejects only when the run was cut short. */
  async read<T>(method: string, request: object, schema: z.ZodType<T>): Promise<Result<T>> {
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.send(method, request, schema);
      if (result.state !== 'unknown' || result.answered === true || attempt === attempts) return result;
      await sleep(pauseMs * attempt, undefined, { signal: this.#signal });
    }
  }

  /** A call, sent once. Rejects only when the run was cut short. */
  async send<T>(method: string, request: object, schema: z.ZodType<T>): Promise<Result<T>> {
    this.#signal.throwIfAborted();
    const call: unknown = Reflect.get(this.#client, method);
    if (typeof call !== 'function') throw new Error(`The Milvus service defines no ${method}.`);
    this.#requests += 1;
    const options = { deadline: Date.now() + callTimeoutMs };
    const result = await unary(this.#signal, (answered) =>
      call.call(this.#client, request, this.#metadata, options, answered),
    ).then((answer) => outcomeOfAnswer(answer, schema), outcomeOfError);
    this.#signal.throwIfAborted();
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
  }
}

/** The words of a failure, for a person. */
export function failureText({ code, message }: { readonly code: string; readonly message: string }): string {
  return `${code}: ${message}`;
}
