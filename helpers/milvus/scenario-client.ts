import { z } from 'zod';
import type { Recorder } from '../workload/recorder.ts';
import type { Row, Value } from '../workload/scenarios/values.ts';
import type { Result } from './outcome.ts';
import type { Mark } from './requests.ts';
import { type CallLimits, openSdk } from './sdk.ts';
import { StructureClient } from './structure-client.ts';
import type { MilvusTarget } from './target.ts';

/** Where a read looks, and how fresh it must be; without a level, the collection's own. */
export interface Reading {
  readonly partitions?: readonly string[];
  readonly level?: string;
}

export interface Selection<T> extends Reading {
  readonly filter: string;
  readonly fields: readonly string[];
  readonly row: z.ZodType<T>;
  readonly limit?: number;
}

export interface VectorSearch extends Reading {
  readonly field: string;
  /** Or a text, for a field that is computed from one. */
  readonly vector: Value;
  readonly k: number;
  readonly metric: string;
  readonly keyField: string;
  readonly filter?: string;
  readonly params: Readonly<Record<string, number>>;
  readonly groupBy?: string;
}

export interface HybridSearch extends Reading {
  readonly searches: readonly Pick<VectorSearch, 'field' | 'vector'>[];
  /** Hits of each search that are ranked together. */
  readonly ranked: number;
  readonly rankConstant: number;
  readonly k: number;
  readonly keyField: string;
  readonly filter?: string;
}

/** Keys are text: a 64-bit number fits no JavaScript number. */
export interface Hit {
  readonly key: string;
  readonly distance: number;
}

const number = z.coerce.number();
/** Of Milvus: 64 bits, as text. */
const timestamp = z.string().default('0');
const key = z.union([z.string(), z.number()]).transform(String);
const ids = z
  .object({
    int_id: z.object({ data: z.array(key) }).nullish(),
    str_id: z.object({ data: z.array(key) }).nullish(),
  })
  .transform(({ int_id, str_id }) => int_id?.data ?? str_id?.data ?? []);

/** Opens a client of one proxy for the scenarios. Every call is recorded and sent once. */
export async function openScenarioClient(
  target: MilvusTarget,
  recorder: Recorder,
  limits: CallLimits,
): Promise<ScenarioClient> {
  const [client, sdk] = await Promise.all([openSdk(target, limits), import('@zilliz/milvus2-sdk-node')]);
  return new ScenarioClient(client, sdk.promisify, recorder, limits);
}

/** All that scenarios call. It is one session: it knows the time of its last write. */
export class ScenarioClient extends StructureClient {
  /** By collection: the time that Milvus gave the last write. */
  readonly #written = new Map<string, string>();

  /** `keys`: as the server gave them, in the order of the rows. */
  async write(
    mark: Mark,
    call: 'insert' | 'upsert',
    collection: string,
    rows: readonly Row[],
    partition?: string,
  ): Promise<Result<{ count: number; keys: string[] }>> {
    const schema = z
      .object({ insert_cnt: number, upsert_cnt: number.default(0), IDs: ids.nullish(), timestamp })
      .transform((answer) => ({
        count: call === 'insert' ? answer.insert_cnt : answer.upsert_cnt,
        keys: answer.IDs ?? [],
        timestamp: answer.timestamp,
      }));
    const written = await this.call(mark, call, schema, (client, timeout) => {
      const request = {
        collection_name: collection,
        data: rows.map((row) => ({ ...row })),
        timeout,
        ...(partition !== undefined && { partition_name: partition }),
      };
      return call === 'insert' ? client.insert(request) : client.upsert(request);
    });
    if (written.state === 'ok') this.#written.set(collection, written.value.timestamp);
    return written;
  }

  /** An insert as it is given, past the SDK's own checks: what is wrong with it is the server's to say. */
  insertPlain(mark: Mark, request: object): Promise<Result<{ count: number }>> {
    const schema = z.object({ insert_cnt: number }).transform((answer) => ({ count: answer.insert_cnt }));
    return this.call(mark, 'insert', schema, (client, timeout) =>
      this.plain(client.channelPool, 'Insert', request, timeout),
    );
  }

  async remove(
    mark: Mark,
    collection: string,
    filter: string,
    partition?: string,
  ): Promise<Result<{ deleted: number }>> {
    const schema = z
      .object({ delete_cnt: number, timestamp })
      .transform((answer) => ({ deleted: answer.delete_cnt, timestamp: answer.timestamp }));
    const removed = await this.call(mark, 'delete', schema, (client, timeout) =>
      client.deleteEntities({
        collection_name: collection,
        filter,
        timeout,
        ...(partition !== undefined && { partition_name: partition }),
      }),
    );
    if (removed.state === 'ok') this.#written.set(collection, removed.value.timestamp);
    return removed;
  }

  select<T>(mark: Mark, collection: string, asked: Selection<T>): Promise<Result<{ rows: T[] }>> {
    const schema = z.object({ data: z.array(asked.row) }).transform(({ data }) => ({ rows: data }));
    return this.call(mark, 'query', schema, (client, timeout) =>
      client.query({
        collection_name: collection,
        filter: asked.filter,
        output_fields: [...asked.fields],
        timeout,
        ...(asked.limit !== undefined && { limit: asked.limit }),
        ...readingOf(asked),
        ...this.#sessionOf(collection, asked),
      }),
    );
  }

  countRows(
    mark: Mark,
    collection: string,
    filter: string,
    reading: Reading,
  ): Promise<Result<{ count: number }>> {
    const schema = z
      .object({ data: z.tuple([z.object({ 'count(*)': number })]) })
      .transform(({ data: [counted] }) => ({ count: counted['count(*)'] }));
    return this.call(mark, 'query', schema, (client, timeout) =>
      client.query({
        collection_name: collection,
        filter,
        output_fields: ['count(*)'],
        timeout,
        ...readingOf(reading),
        ...this.#sessionOf(collection, reading),
      }),
    );
  }

  nearest(mark: Mark, collection: string, asked: VectorSearch): Promise<Result<{ hits: Hit[] }>> {
    return this.call(mark, 'search', hitsBy(asked.keyField), (client, timeout) =>
      client.search({
        collection_name: collection,
        anns_field: asked.field,
        data: vectorSent.parse(asked.vector),
        limit: asked.k,
        metric_type: asked.metric,
        output_fields: [asked.keyField],
        params: { ...asked.params },
        timeout,
        ...(asked.filter !== undefined && { filter: asked.filter }),
        ...(asked.groupBy !== undefined && { group_by_field: asked.groupBy }),
        ...readingOf(asked),
      }),
    );
  }

  nearestOfAll(mark: Mark, collection: string, asked: HybridSearch): Promise<Result<{ hits: Hit[] }>> {
    return this.call(mark, 'hybridSearch', hitsBy(asked.keyField), (client, timeout) =>
      client.search({
        collection_name: collection,
        data: asked.searches.map(({ field, vector }) => ({
          anns_field: field,
          data: vectorSent.parse(vector),
          limit: asked.ranked,
          ...(asked.filter !== undefined && { expr: asked.filter }),
        })),
        rerank: { strategy: 'rrf', params: { k: asked.rankConstant } },
        limit: asked.k,
        output_fields: [asked.keyField],
        timeout,
        ...readingOf(asked),
      }),
    );
  }

  /** A read at Session must see the session's last write: Milvus knows it by its time, which the SDK does not keep. */
  #sessionOf(collection: string, { level }: Reading): object {
    return level === 'Session' ? { guarantee_timestamp: this.#written.get(collection) ?? '0' } : {};
  }
}

const vectorSent = z.union([z.string(), z.array(z.number()), z.record(z.string(), z.number())]);

/** Hits as a search's answer has them. */
function hitsBy(keyField: string): z.ZodType<{ hits: Hit[] }> {
  const hit = z.object({ [keyField]: key, score: number });
  return z.object({ results: z.array(hit) }).transform(({ results }) => ({
    hits: results.map((each) => ({ key: String(each[keyField]), distance: Number(each['score']) })),
  }));
}

/** `Strong` only as a text: the SDK drops the number 0 that stands for it. */
function readingOf({ partitions, level }: Reading): object {
  return {
    ...(partitions !== undefined && { partition_names: [...partitions] }),
    ...(level !== undefined && { consistency_level: level }),
  };
}
