import { checksumOf, keyOf, numbersOf, rowSent, rowStored } from '../../../workload/scenarios/rows.ts';
import { type Act, valueOf } from '../../../workload/scenarios/record.ts';
import type { Filter, Scenario, Step } from '../../../workload/scenarios/scenario.ts';
import type { Row } from '../../../workload/scenarios/values.ts';
import type { Written } from './freshness.ts';
import type { Verdict } from './sighting.ts';

/** A row that must be there. */
export interface HeldRow extends Written {
  readonly key: string;
  readonly row: Row;
  readonly checksum: string;
  readonly partition: string;
}

/** Partition of a row that was written without naming one. */
const defaultPartition = '_default';

/** What must be in a scenario's collection, as far as its writes were acknowledged. */
export class Held {
  readonly rows = new Map<string, HeldRow>();
  /** Keys whose deletion was acknowledged. */
  readonly deleted = new Map<string, Written>();
  /** Keys that were written over. */
  readonly replaced = new Set<string>();
  /** Keys that a read by key showed wrong: what follows from it elsewhere is not said again. */
  readonly wrong = new Map<string, Verdict>();
  readonly #older = new Map<string, Set<string>>();
  readonly #keys = new Map<number, string>();
  readonly #scenario: Scenario;
  readonly #seed: number;

  constructor(scenario: Scenario, seed: number) {
    this.#scenario = scenario;
    this.#seed = seed;
  }

  /** Takes an acknowledged write; anything else changes nothing. */
  apply(step: Step, act: Act): void {
    if (act.outcome.state !== 'ok') return;
    switch (step.act) {
      case 'insert':
      case 'upsert':
        return this.#write(step, act);
      case 'delete':
        for (const number of numbersOf(act.request.rows ?? step.rows)) this.#delete(this.keyOf(number), act);
        return;
      case 'delete where':
        for (const { key } of this.matching(
          step.filter,
          step.partition === undefined ? undefined : [step.partition],
        ))
          this.#delete(key, act);
        return;
      case 'drop partition':
        for (const { key } of this.matching(undefined, [step.partition])) this.#delete(key, act);
        return;
      default:
        return;
    }
  }

  /** The key of a row's number, where it is known. */
  keyOf(number: number): string | undefined {
    return this.#keys.get(number) ?? keyOf(this.#scenario, this.#seed, number);
  }

  matching(filter: Filter | undefined, partitions: readonly string[] | undefined): readonly HeldRow[] {
    return [...this.rows.values()].filter(
      ({ row, partition }) =>
        (filter === undefined || filter.matches(row)) &&
        (partitions === undefined || partitions.includes(partition)),
    );
  }

  /** Whether the row had this content before it was written over. */
  wasOnce(key: string, checksum: string): boolean {
    return this.#older.get(key)?.has(checksum) === true;
  }

  #write(step: Extract<Step, { act: 'insert' | 'upsert' }>, act: Act): void {
    const { generation = 0, partition = defaultPartition } = step;
    const given = valueOf('written', act.outcome)?.keys ?? [];
    for (const [index, number] of numbersOf(act.request.rows ?? step.rows).entries()) {
      const made = given[index];
      const key = keyOf(this.#scenario, this.#seed, number) ?? made;
      if (key === undefined) throw new Error(`The server gave no key for row ${number}.`);
      this.#keys.set(number, key);
      const sent = rowSent(this.#scenario, this.#seed, number, generation);
      const row = rowStored(this.#scenario, sent);
      this.#supersede(key);
      this.wrong.delete(key);
      this.deleted.delete(key);
      const checksum = checksumOf(this.#scenario, row);
      this.rows.set(key, { key, row, partition, checksum, ...writtenBy(act) });
    }
  }

  #supersede(key: string): void {
    const old = this.rows.get(key);
    if (old === undefined) return;
    this.replaced.add(key);
    const known = this.#older.get(key) ?? new Set();
    this.#older.set(key, known.add(old.checksum));
  }

  #delete(key: string | undefined, act: Act): void {
    if (key === undefined) return;
    this.#supersede(key);
    this.wrong.delete(key);
    this.rows.delete(key);
    this.deleted.set(key, writtenBy(act));
  }
}

function writtenBy({ operation, request }: Act): Written {
  return { ackedAt: operation.returnedAt, client: request.client ?? 0 };
}
