import type { Column } from './columns.ts';
import type { SchemaFacts } from './snapshot-collection.ts';

/** The primary key of a collection: how rows are told apart, and put in order, by it. Keys are texts here. */
export class PrimaryKey {
  readonly name: string;
  readonly #isText: boolean;

  /** @throws Error where the schema has none */
  constructor({ fields }: SchemaFacts, collection: string) {
    const key = fields.find(({ primary }) => primary);
    if (key === undefined) throw new Error(`the schema of ${collection} has no primary key`);
    this.name = key.name;
    this.#isText = key.type === 'VarChar';
  }

  /** Filter that every row passes. */
  get any(): string {
    return this.#isText ? `${this.name} >= ""` : `${this.name} <= 9223372036854775807`;
  }

  /** Filter for the rows behind a key. */
  after(key: string): string {
    return `${this.name} > ${this.#literal(key)}`;
  }

  /** Filter for the rows of these keys. */
  among(keys: readonly string[]): string {
    return `${this.name} in [${keys.map((key) => this.#literal(key)).join(', ')}]`;
  }

  /** Keys in an answer, in its order. */
  of(columns: readonly Column[]): readonly string[] {
    const scalars = columns.find(({ field_name }) => field_name === this.name)?.scalars;
    return (this.#isText ? scalars?.string_data?.data : scalars?.long_data?.data) ?? [];
  }

  /** In Milvus' order: numbers by value, texts by their bytes. */
  greatest(keys: readonly string[]): string | undefined {
    const isGreater = (one: string, other: string) =>
      this.#isText ? Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0 : BigInt(one) > BigInt(other);
    let greatest = keys.at(-1);
    for (const key of keys) if (greatest !== undefined && isGreater(key, greatest)) greatest = key;
    return greatest;
  }

  #literal(key: string): string {
    return this.#isText ? JSON.stringify(key) : key;
  }
}
