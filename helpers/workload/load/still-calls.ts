import type { SearchQuery } from '../../milvus/requests.ts';
import type { Operation } from '../history.ts';
import type { LoadClients } from './clients.ts';
import type { LoadPlan } from './contract.ts';
import { byKeys, fieldNames, keyField, stillRowShown, vectorField } from './rows.ts';
import type { StillOracle } from './still-oracle.ts';

/** A read that was made, as `answerOf` takes it. */
export type Read = Pick<Operation, 'request' | 'outcome'>;

/** Different searches of a load. */
const searches = 50;

/** The still rows whose vectors are searched for: all over them, so that flushed and growing ones are neighbours. */
export function queriesOf({ stillRows }: Pick<LoadPlan, 'stillRows'>): readonly number[] {
  return Array.from({ length: searches }, (_, index) => Math.floor(((index + 0.5) * stillRows) / searches));
}

export interface StillReading {
  readonly plan: LoadPlan;
  readonly oracle: StillOracle;
  readonly clients: Pick<LoadClients, 'lean'>;
  readonly step: string;
  /** What else the history says of a read: `probe`, or `check`. */
  readonly also: (probe: 'search' | 'query' | 'count') => Readonly<Record<string, unknown>>;
}

/** Reads the still rows. A method rejects only where the run was cut short before the call. */
export class StillReader {
  readonly #reading: StillReading;
  /** By the row that is searched for: the client knows the same object again. */
  readonly #searches = new Map<number, SearchQuery>();

  constructor(reading: StillReading) {
    this.#reading = reading;
  }

  async search(query: number): Promise<Read> {
    const { plan, clients, step, also } = this.#reading;
    const collection = plan.collections.still;
    const request = { collection, query, k: plan.k, ...also('search') };
    const outcome = await clients.lean.search({ step, request }, collection, this.#searchFor(query));
    return { request, outcome };
  }

  async rows(keys: readonly number[]): Promise<Read> {
    const { plan, clients, step, also } = this.#reading;
    const collection = plan.collections.still;
    const request = { collection, keys, ...also('query') };
    const query = { filter: byKeys(keys), fields: fieldNames, row: stillRowShown };
    return { request, outcome: await clients.lean.query({ step, request }, collection, query) };
  }

  async count(): Promise<Read> {
    const { plan, clients, step, also } = this.#reading;
    const collection = plan.collections.still;
    const request = { collection, ...also('count') };
    return { request, outcome: await clients.lean.count({ step, request }, collection) };
  }

  #searchFor(query: number): SearchQuery {
    const known = this.#searches.get(query);
    if (known !== undefined) return known;
    const { plan, oracle } = this.#reading;
    const vector = oracle.vector(query);
    const search = { field: vectorField, vector, k: plan.k, metric: 'L2', keyField } as const;
    this.#searches.set(query, search);
    return search;
  }
}
