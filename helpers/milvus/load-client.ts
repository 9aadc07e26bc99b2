import { z } from 'zod';
import type { Recorder } from '../workload/recorder.ts';
import { columns, rowsOfColumns } from './columns.ts';
import type { Result } from './outcome.ts';
import { placeholderOf } from './placeholder.ts';
import { openPlainConnection, type PlainConnection } from './plain-connection.ts';
import { recorded } from './recorded.ts';
import type { Mark, SearchHit, SearchQuery } from './requests.ts';
import type { CallLimits } from './sdk.ts';
import { serializeSchema } from './service.ts';
import type { MilvusTarget } from './target.ts';

const done = z.object({}).strip();
const number = z.coerce.number();

/** A search with no hit has no keys, or none of any type. */
const found = z
  .object({
    results: z
      .object({
        scores: z.array(z.number()).default([]),
        ids: z.object({ int_id: z.object({ data: z.array(number) }).nullish() }).nullish(),
      })
      .nullish(),
  })
  .transform(({ results }, context) => {
    const keys = results?.ids?.int_id?.data ?? [];
    const scores = results?.scores ?? [];
    if (scores.length !== keys.length) {
      context.addIssue(`it holds ${keys.length} keys and ${scores.length} distances`);
      return z.NEVER;
    }
    return { hits: keys.map((key, place): SearchHit => ({ key, distance: scores[place] ?? Number.NaN })) };
  });

const counted = z
  .object({
    fields_data: z.tuple([
      z.object({ scalars: z.object({ long_data: z.object({ data: z.tuple([number]) }) }) }),
    ]),
  })
  .transform(({ fields_data: [{ scalars }] }) => ({ count: scalars.long_data.data[0] }));

const deleted = z.object({ delete_cnt: number }).transform((answer) => ({ deleted: answer.delete_cnt }));

/** A field as the service's own `FieldSchema` has it. */
export interface PlainField {
  readonly name: string;
  readonly data_type: 'Int64' | 'FloatVector';
  readonly is_primary_key?: boolean;
  readonly type_params?: readonly { readonly key: 'dim'; readonly value: string }[];
}

/** Opens a client of one proxy for calls that are made by the thousand. */
export async function openLoadClient(
  target: MilvusTarget,
  recorder: Recorder,
  limits: CallLimits,
): Promise<LoadClient> {
  return new LoadClient(await openPlainConnection(target, limits), recorder);
}

/**
 * Strong reads, deletes, and making and dropping of collections, for a fraction of the processor time of the SDK's and
 * with no queue: where a server hangs, the SDK's fifth call waits for the first. Recorded as the calls of a
 * `RecordingClient` are, and sent once; a method rejects only where the run was cut short before the call.
 */
export class LoadClient implements AsyncDisposable {
  readonly #connection: PlainConnection;
  readonly #recorder: Recorder;
  /** Bytes of searches that were made before. */
  readonly #searches = new WeakMap<SearchQuery, Buffer>();

  constructor(connection: PlainConnection, recorder: Recorder) {
    this.#connection = connection;
    this.#recorder = recorder;
  }

  /** The nearest rows. The same object asks the same again: it is turned into bytes once. */
  search(mark: Mark, collection: string, query: SearchQuery): Promise<Result<{ hits: SearchHit[] }>> {
    const known = this.#searches.get(query) ?? this.#searchOf(collection, query);
    this.#searches.set(query, known);
    return this.#call('search', 'Search', mark, known, found);
  }

  /** Rows that a filter matches, each read by `row` from its values by field. */
  query<T>(
    mark: Mark,
    collection: string,
    {
      filter,
      fields,
      row,
    }: { readonly filter: string; readonly fields: readonly string[]; readonly row: z.ZodType<T> },
  ): Promise<Result<{ rows: T[] }>> {
    const request = { collection_name: collection, expr: filter, output_fields: fields };
    const schema = columns
      .transform((answer): unknown => rowsOfColumns(answer, fields))
      .pipe(z.array(row))
      .transform((rows) => ({ rows }));
    return this.#call('query', 'Query', mark, request, schema);
  }

  count(mark: Mark, collection: string): Promise<Result<{ count: number }>> {
    const request = { collection_name: collection, expr: '', output_fields: ['count(*)'] };
    return this.#call('query', 'Query', mark, request, counted);
  }

  delete(mark: Mark, collection: string, filter: string): Promise<Result<{ deleted: number }>> {
    const request = { collection_name: collection, expr: filter };
    return this.#call('delete', 'Delete', mark, request, deleted);
  }

  /** Strong, one shard. */
  async createCollection(
    mark: Mark,
    collection: string,
    fields: readonly PlainField[],
  ): Promise<Result<object>> {
    const request = {
      collection_name: collection,
      schema: await serializeSchema({ name: collection, fields }),
      shards_num: 1,
      consistency_level: 'Strong',
    };
    return this.#call('createCollection', 'CreateCollection', mark, request, done);
  }

  dropCollection(mark: Mark, collection: string): Promise<Result<object>> {
    return this.#call('dropCollection', 'DropCollection', mark, { collection_name: collection }, done);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }

  #searchOf(collection: string, query: SearchQuery): Buffer {
    return this.#connection.method('Search').requestSerialize({
      collection_name: collection,
      dsl_type: 'BoolExprV1',
      placeholder_group: placeholderOf(query.vector),
      nq: 1,
      search_params: [
        { key: 'anns_field', value: query.field },
        { key: 'topk', value: String(query.k) },
        { key: 'metric_type', value: query.metric },
        { key: 'params', value: '{}' },
        { key: 'round_decimal', value: '-1' },
      ],
    });
  }

  #call<T>(
    call: string,
    method: string,
    mark: Mark,
    request: object,
    schema: z.ZodType<T>,
  ): Promise<Result<T>> {
    const definition = this.#connection.method(method);
    const body = Buffer.isBuffer(request) ? request : definition.requestSerialize(request);
    const { signal } = this.#connection.limits;
    return recorded(this.#recorder, signal, { call, mark, schema }, () =>
      this.#connection.send(definition, body),
    );
  }
}
