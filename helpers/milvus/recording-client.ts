import type { FieldType, MilvusClient, promisify, RowData } from '@zilliz/milvus2-sdk-node';
import { z } from 'zod';
import type { Recorder } from '../workload/recorder.ts';
import type { Result } from './outcome.ts';
import { recorded } from './recorded.ts';
import type { Flush, Index, Mark, RowQuery, SearchHit, SearchQuery, State } from './requests.ts';
import { type CallLimits, openSdk } from './sdk.ts';
import type { MilvusTarget } from './target.ts';

type Call = <T>(
  mark: Mark,
  call: string,
  schema: z.ZodType<T>,
  send: (client: MilvusClient, timeout: number) => Promise<unknown>,
) => Promise<Result<T>>;

const number = z.coerce.number();
const done = z.object({}).strip();
const keyValues = <T extends z.ZodType>(value: T) => z.record(z.string(), value);

/** Opens a client of one proxy. Every call is recorded with its times and its outcome, and sent once. */
export async function openRecordingClient(
  target: MilvusTarget,
  recorder: Recorder,
  limits: CallLimits,
): Promise<RecordingClient> {
  const [client, sdk] = await Promise.all([openSdk(target, limits), import('@zilliz/milvus2-sdk-node')]);
  return new RecordingClient(client, sdk.promisify, recorder, limits);
}

/**
 * The calls of a workload on one collection. A method resolves to what the call proves and never rejects for
 * what a server did; it rejects when the run was cut short before the call.
 */
export class RecordingClient implements AsyncDisposable {
  readonly #client: MilvusClient;
  protected readonly plain: typeof promisify;
  readonly #recorder: Recorder;
  readonly #limits: CallLimits;

  constructor(client: MilvusClient, plain: typeof promisify, recorder: Recorder, limits: CallLimits) {
    this.#client = client;
    this.plain = plain;
    this.#recorder = recorder;
    this.#limits = limits;
  }

  /** Strong, so that reads which name no level are Strong: the SDK drops that level from a search. */
  createCollection(mark: Mark, collection: string, fields: FieldType[]): Promise<Result<object>> {
    return this.call(mark, 'createCollection', done, (client, timeout) =>
      client.createCollection({ collection_name: collection, fields, consistency_level: 'Strong', timeout }),
    );
  }

  insert(mark: Mark, collection: string, rows: RowData[]): Promise<Result<{ inserted: number }>> {
    const schema = z.object({ insert_cnt: number }).transform((answer) => ({ inserted: answer.insert_cnt }));
    return this.call(mark, 'insert', schema, (client, timeout) =>
      client.insert({ collection_name: collection, data: rows, timeout }),
    );
  }

  delete(mark: Mark, collection: string, filter: string): Promise<Result<{ deleted: number }>> {
    const schema = z.object({ delete_cnt: number }).transform((answer) => ({ deleted: answer.delete_cnt }));
    return this.call(mark, 'delete', schema, (client, timeout) =>
      client.deleteEntities({ collection_name: collection, filter, timeout }),
    );
  }

  /** Starts a flush; the value is what `flushState` asks about. */
  flush(mark: Mark, collection: string): Promise<Result<Flush>> {
    const segments = z.object({ data: z.array(z.string()) });
    const schema = z
      .object({ coll_segIDs: keyValues(segments), coll_flush_ts: keyValues(z.string()) })
      .transform((answer) => ({
        segments: answer.coll_segIDs[collection]?.data ?? [],
        timestamp: answer.coll_flush_ts[collection] ?? '0',
      }));
    return this.call(mark, 'flush', schema, (client, timeout) =>
      client.flush({ collection_names: [collection], timeout }),
    );
  }

  /** Sent past the SDK's method: it takes the 64-bit ids as numbers, which cannot hold them. */
  flushState(mark: Mark, collection: string, flush: Flush): Promise<Result<State>> {
    const schema = z
      .object({ flushed: z.boolean() })
      .transform(({ flushed }) => ({ done: flushed, state: flushed ? 'flushed' : 'not flushed yet' }));
    const request = {
      collection_name: collection,
      segmentIDs: flush.segments,
      flush_ts: flush.timestamp,
    };
    return this.call(mark, 'getFlushState', schema, (client, timeout) =>
      this.plain(client.channelPool, 'GetFlushState', request, timeout),
    );
  }

  createIndex(mark: Mark, collection: string, index: Index): Promise<Result<object>> {
    return this.call(mark, 'createIndex', done, (client, timeout) =>
      client.createIndex({
        collection_name: collection,
        field_name: index.field,
        index_name: index.field,
        index_type: index.type,
        metric_type: index.metric,
        timeout,
      }),
    );
  }

  indexState(mark: Mark, collection: string, field: string): Promise<Result<State>> {
    const description = z.object({
      field_name: z.string(),
      state: z.string(),
      indexed_rows: number,
      total_rows: number,
      index_state_fail_reason: z.string(),
    });
    const schema = z.object({ index_descriptions: z.array(description) }).transform((answer) => {
      const found = answer.index_descriptions.find((each) => each.field_name === field);
      if (found === undefined) return { done: false, state: `no index on field ${field}` };
      const rows = `${found.indexed_rows} of ${found.total_rows} rows`;
      const reason = found.index_state_fail_reason === '' ? '' : `: ${found.index_state_fail_reason}`;
      return { done: found.state === 'Finished', state: `${found.state}, ${rows}${reason}` };
    });
    return this.call(mark, 'describeIndex', schema, (client, timeout) =>
      client.describeIndex({ collection_name: collection, field_name: field, timeout }),
    );
  }

  load(mark: Mark, collection: string): Promise<Result<object>> {
    return this.call(mark, 'loadCollection', done, (client, timeout) =>
      client.loadCollectionAsync({ collection_name: collection, timeout }),
    );
  }

  loadState(mark: Mark, collection: string): Promise<Result<State>> {
    const schema = z
      .object({ state: z.string() })
      .transform(({ state }) => ({ done: state === 'LoadStateLoaded', state }));
    return this.call(mark, 'getLoadState', schema, (client, timeout) =>
      client.getLoadState({ collection_name: collection, timeout }),
    );
  }

  /** The nearest rows, as the server gave them, at the collection's own consistency level. */
  search(mark: Mark, collection: string, query: SearchQuery): Promise<Result<{ hits: SearchHit[] }>> {
    const hit = z.object({ [query.keyField]: number, score: z.number() });
    const schema = z.object({ results: z.array(hit) }).transform(({ results }) => ({
      hits: results.map((each) => ({ key: Number(each[query.keyField]), distance: Number(each['score']) })),
    }));
    return this.call(mark, 'search', schema, (client, timeout) =>
      client.search({
        collection_name: collection,
        anns_field: query.field,
        data: [...query.vector],
        limit: query.k,
        metric_type: query.metric,
        output_fields: [query.keyField],
        timeout,
      }),
    );
  }

  /** Rows that a filter matches, each read by `row`; what it leaves out is not recorded. */
  query<T>(mark: Mark, collection: string, rows: RowQuery<T>): Promise<Result<{ rows: T[] }>> {
    const schema = z.object({ data: z.array(rows.row) }).transform(({ data }) => ({ rows: data }));
    return this.call(mark, 'query', schema, (client, timeout) =>
      client.query({ collection_name: collection, filter: rows.filter, output_fields: rows.fields, timeout }),
    );
  }

  /** `count(*)` by query: the SDK's own `count` ignores time-outs. */
  count(mark: Mark, collection: string): Promise<Result<{ count: number }>> {
    const row = z.object({ 'count(*)': number });
    const schema = z
      .object({ data: z.tuple([row]) })
      .transform(({ data: [counted] }) => ({ count: counted['count(*)'] }));
    return this.call(mark, 'query', schema, (client, timeout) =>
      client.query({ collection_name: collection, filter: '', output_fields: ['count(*)'], timeout }),
    );
  }

  dropCollection(mark: Mark, collection: string): Promise<Result<object>> {
    return this.call(mark, 'dropCollection', done, (client, timeout) =>
      client.dropCollection({ collection_name: collection, timeout }),
    );
  }

  /** Names of collections that begin with `prefix`. */
  listCollections(mark: Mark, prefix: string): Promise<Result<{ own: string[] }>> {
    const schema = z
      .object({ collection_names: z.array(z.string()) })
      .transform((answer) => ({ own: answer.collection_names.filter((name) => name.startsWith(prefix)) }));
    return this.call(mark, 'showCollections', schema, (client, timeout) =>
      client.showCollections({ timeout }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.closeConnection();
  }

  protected readonly call: Call = (mark, call, schema, send) => {
    const { signal, callTimeoutMs } = this.#limits;
    return recorded(this.#recorder, signal, { call, mark, schema }, () => send(this.#client, callTimeoutMs));
  };
}
