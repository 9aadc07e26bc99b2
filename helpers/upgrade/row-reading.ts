import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Failure, Result } from '../milvus/outcome.ts';
import { cellsOf, columnSchema, type Cells } from './columns.ts';
import type { Pace } from './pace.ts';
import { PrimaryKey } from './primary-key.ts';
import { failureText, type MilvusReader } from './reader.ts';
import { RowBytes, SetChecksum } from './row-checksum.ts';
import { dimensionOf, vectorTypes } from './schema.ts';
import type { SchemaFacts } from './snapshot-collection.ts';

/** What is read, and how much of it. */
export interface RowsAsked {
  readonly database: string;
  readonly collection: string;
  readonly schema: SchemaFacts;
  /** Rows read whole at most, unless `as` says which. */
  readonly rows: number;
  /** The rows and fields that an earlier snapshot read: the same are read again. */
  readonly as: { readonly oneIn: number; readonly fields: readonly string[] } | undefined;
}

/** Milvus answers no more rows than this at once. */
const largestPage = 16_384;
/** Bytes of one answer aimed at: gRPC takes 4 MiB. */
const pageBytes = 2 * 2 ** 20;
/** Keys in one `key in [...]`. */
const keysPerQuery = 1000;

const page = z.object({ fields_data: z.array(columnSchema) }).transform(({ fields_data }) => fields_data);
type Page = z.infer<typeof page>;

/** Goes through the rows of one collection, up by primary key, and keeps sums and numbers only. */
export class Reading {
  readonly #reader: MilvusReader;
  readonly #asked: RowsAsked;
  readonly #pace: Pace;
  readonly #key: PrimaryKey;
  readonly #expected: number;
  readonly #bytes = new RowBytes();
  readonly keysChecksum = new SetChecksum();
  readonly rowsChecksum = new SetChecksum();
  readonly without: { field: string; reason: string }[] = [];
  fields: string[];
  keys = 0;
  rows = 0;

  constructor(
    reader: MilvusReader,
    asked: RowsAsked,
    pace: Pace,
    fields: readonly string[],
    expected: number,
  ) {
    this.#reader = reader;
    this.#asked = asked;
    this.#pace = pace;
    this.#key = new PrimaryKey(asked.schema, asked.collection);
    this.#expected = expected;
    this.fields = [...fields];
  }

  /** Every row with all its fields. */
  async whole(): Promise<Failure | undefined> {
    return this.#pages(
      () => this.fields,
      (columns, size) => this.#addRows(columns, size),
    );
  }

  /** Every key, and whole rows of those that the sample is of. */
  async sampled(oneIn: number): Promise<Failure | undefined> {
    let wanted: string[] = [];
    const fetch = async (least: number): Promise<Failure | undefined> => {
      while (wanted.length >= least && wanted.length > 0) {
        const problem = await this.#rowsOf(wanted.slice(0, keysPerQuery));
        if (problem !== undefined) return problem;
        wanted = wanted.slice(keysPerQuery);
      }
      return undefined;
    };
    const problem = await this.#pages(
      () => [],
      async (_columns, _size, keys) => {
        wanted.push(...keys.filter((key) => crc32(key) % oneIn === 0));
        return fetch(keysPerQuery);
      },
    );
    return problem ?? fetch(1);
  }

  async #pages(
    fields: () => readonly string[],
    each: (columns: Page, size: number, keys: readonly string[]) => Promise<Failure | undefined> | undefined,
  ): Promise<Failure | undefined> {
    let filter = this.#key.any;
    let limit = this.#pageSize(fields());
    for (;;) {
      const answer = await this.#query(filter, fields(), limit);
      if (answer.state !== 'ok') {
        const smaller = isTooLarge(answer) && limit > 1;
        if (smaller) limit = Math.ceil(limit / 4);
        else if (!this.#leaveOutVectors(fields(), answer)) return answer;
        continue;
      }
      const keys = this.#key.of(answer.value);
      const last = this.#key.greatest(keys);
      if (last === undefined) return undefined;
      for (const key of keys) this.keysChecksum.add(Buffer.from(key));
      this.keys += keys.length;
      const problem = await each(answer.value, keys.length, keys);
      if (problem !== undefined) return problem;
      await this.#pace.took(keys.length);
      // A page may be short though more follows: only the count, or an empty page, ends it.
      if (keys.length < limit && this.keys === this.#expected) return undefined;
      filter = this.#key.after(last);
    }
  }

  async #rowsOf(keys: readonly string[]): Promise<Failure | undefined> {
    const size = Math.min(keys.length, this.#pageSize(this.fields));
    for (let at = 0; at < keys.length; at += size) {
      const filter = this.#key.among(keys.slice(at, at + size));
      let answer = await this.#query(filter, this.fields, size);
      if (answer.state !== 'ok' && this.#leaveOutVectors(this.fields, answer)) {
        answer = await this.#query(filter, this.fields, size);
      }
      if (answer.state !== 'ok') return answer;
      const read = this.#key.of(answer.value).length;
      this.#addRows(answer.value, read);
      await this.#pace.took(read);
    }
    return undefined;
  }

  #query(filter: string, fields: readonly string[], limit: number): Promise<Result<Page>> {
    return this.#reader.read(
      'Query',
      {
        db_name: this.#asked.database,
        collection_name: this.#asked.collection,
        expr: filter,
        output_fields: [this.#key.name, ...fields.filter((name) => name !== this.#key.name)],
        consistency_level: 'Strong',
        query_params: Object.entries({
          limit: String(limit),
          // As the SDKs' iterators ask, so that no page leaves out a key below its last.
          reduce_stop_for_best: 'true',
          iterator: 'true',
        }).map(([key, value]) => ({ key, value })),
      },
      page,
    );
  }

  #addRows(columns: Page, size: number): undefined {
    const byName = new Map(columns.map((column) => [column.field_name, column]));
    const cells = this.fields.map((name): Cells => {
      const column = byName.get(name);
      if (column === undefined)
        throw new Error(`the answer of ${this.#asked.collection} lacks field ${name}`);
      return cellsOf(column);
    });
    for (let row = 0; row < size; row += 1) this.rowsChecksum.add(this.#bytes.of(cells, row));
    this.rows += size;
    return undefined;
  }

  #pageSize(fields: readonly string[]): number {
    const known = this.#asked.schema.fields.filter(({ name }) => fields.includes(name));
    const bytes = known.reduce((sum, field) => sum + dimensionOf(field) * 4 + 16, 64);
    return Math.max(1, Math.min(largestPage, Math.floor(pageBytes / bytes)));
  }

  /** An index that keeps no raw vectors cannot give them: the rest is read without. Only before any row was. */
  #leaveOutVectors(asked: readonly string[], failure: Failure): boolean {
    const vectors = this.#asked.schema.fields
      .filter(({ name, type }) => vectorTypes.has(type) && asked.includes(name))
      .map(({ name }) => name);
    if (vectors.length === 0 || this.rows > 0 || failure.code === 'UNAVAILABLE') return false;
    this.fields = this.fields.filter((name) => !vectors.includes(name));
    this.without.push(...vectors.map((field) => ({ field, reason: failureText(failure) })));
    return true;
  }
}

function isTooLarge({ code, message }: Failure): boolean {
  return code === 'RESOURCE_EXHAUSTED' || /larger than max|max message size/i.test(message);
}
