import type { Operation, Outcome } from '../../workload/history.ts';
import type { RowShown } from '../../workload/ledger/record.ts';
import { readRequest, writeRequest } from '../../workload/ledger/request.ts';
import { checksumOfRow, ledgerRow } from '../../workload/ledger/row.ts';
import { loadSteps, type Probe, probes, type Moment } from '../../workload/load/record.ts';
import { StillOracle } from '../../workload/load/still-oracle.ts';
import { smallLoad } from './moments.ts';

type Request = Operation['request'];
export type NewCall = Pick<Operation, 'call' | 'step' | 'request' | 'outcome'>;

/** How a call that must fail does so. */
export interface Failure {
  readonly state: 'fail' | 'unknown';
  /** Of an unknown write: whether it took effect. */
  readonly isApplied: boolean;
}

const { seed, dimension, stillRows, k, collections } = smallLoad;

/** A Milvus that keeps every promise, and fails where it is told to: what each call of a load is answered. */
export class MilvusModel {
  readonly #oracle = new StillOracle(smallLoad);
  readonly #generations = new Map<number, number>();
  #nextKey = 0;
  #turn = 0;

  /** Making and filling the ledger. */
  prepare(): readonly NewCall[] {
    const create = { collection: collections.ledger, ledger: 'create', dimension };
    return [
      {
        call: 'createCollection',
        step: loadSteps.prepare,
        request: create,
        outcome: { state: 'ok', value: {} },
      },
      { ...this.#write('insert', this.#freshKeys(10), undefined, {}), step: loadSteps.prepare },
    ];
  }

  probe(probe: Probe, failure: Failure | undefined): NewCall {
    this.#turn += 1;
    const also = { probe };
    switch (probe) {
      case 'search':
        return read(this.#search(this.#turn % stillRows, also), failure);
      case 'query':
        return read(this.#query([this.#turn % stillRows, (this.#turn + 7) % stillRows], also), failure);
      case 'count':
        return read(this.#count(stillRows, also), failure);
      case 'read':
        return read(this.#read(this.#someKeys(6), also), failure);
      case 'insert':
        return this.#write('insert', this.#freshKeys(2), failure, also);
      case 'upsert':
        return this.#write('upsert', [this.#turn % 5], failure, also);
      case 'delete':
        return this.#write('delete', [5 + (this.#turn % Math.max(1, this.#nextKey - 5))], failure, also);
      case 'ddl':
        return read(
          call('createCollection', { collection: `${collections.scratch}_${this.#turn}`, ...also }, {}),
          failure,
        );
    }
  }

  /** One last look at everything. */
  look(after: string): readonly NewCall[] {
    const also = (check: Probe) => ({ check, after });
    const rows = this.#generations.size;
    const ledger = { collection: collections.ledger, atLeast: rows, atMost: rows, ...also('count') };
    const looks = [
      this.#count(stillRows, also('count')),
      call('query', ledger, { count: rows }),
      this.#read(range(this.#nextKey), { after }),
      this.#query(range(stillRows), also('query')),
      ...[0, 9, 25].map((query) => this.#search(query, also('search'))),
    ];
    return looks.map((each) => ({ ...each, step: loadSteps.verify }));
  }

  /** What Milvus says of the collections. */
  describe(moment: Moment): readonly NewCall[] {
    return [collections.still, collections.ledger].map((collection) => ({
      ...call('describeCollection', { collection, moment }, { collectionID: `id of ${collection}` }),
      step: loadSteps.describe,
    }));
  }

  drop(): readonly NewCall[] {
    return Object.values(collections).map((collection) => ({
      ...call('showCollections', { collection }, { own: [] }),
      step: loadSteps.drop,
    }));
  }

  #search(query: number, also: Request): NewCall {
    const hits = this.#oracle.nearest(query, k);
    return call('search', { collection: collections.still, query, k, ...also }, { hits });
  }

  #query(keys: readonly number[], also: Request): NewCall {
    const rows = keys.map((key) => [key, this.#oracle.checksum(key)]);
    return call('query', { collection: collections.still, keys, ...also }, { rows });
  }

  #count(count: number, also: Request): NewCall {
    return call('query', { collection: collections.still, ...also }, { count });
  }

  #read(keys: readonly number[], also: Request): NewCall {
    const rows = keys.flatMap((key): RowShown[] => {
      const generation = this.#generations.get(key);
      return generation === undefined ? [] : [rowShown(key, generation)];
    });
    const request = { ...readRequest(collections.ledger, 'Strong', keys, clientOf('read')), ...also };
    return call('query', request, { rows });
  }

  #write(
    kind: 'insert' | 'upsert' | 'delete',
    keys: readonly number[],
    failure: Failure | undefined,
    also: Request,
  ): NewCall {
    this.#turn += 1;
    const generation = this.#turn;
    const write = kind === 'delete' ? { kind } : { kind, generation };
    const request = { ...writeRequest(collections.ledger, write, keys, clientOf(kind)), ...also };
    if (failure === undefined || (failure.state === 'unknown' && failure.isApplied)) {
      for (const key of keys) {
        if (kind === 'delete') this.#generations.delete(key);
        else this.#generations.set(key, generation);
      }
    }
    return read(call(kind, request, { rows: keys.length }), failure);
  }

  #freshKeys(count: number): readonly number[] {
    this.#nextKey += count;
    return range(count).map((index) => this.#nextKey - count + index);
  }

  #someKeys(count: number): readonly number[] {
    return [...new Set(range(count).map((index) => (this.#turn * 7 + index * 3) % this.#nextKey))];
  }
}

export function rowShown(key: number, generation: number): RowShown {
  return [key, generation, checksumOfRow(ledgerRow(seed, key, generation, dimension))];
}

function call(name: string, request: Request, value: unknown): NewCall {
  return { call: name, step: loadSteps.load, request, outcome: { state: 'ok', value } };
}

/** The call as it is, or with the failure in place of its answer. */
function read(made: NewCall, failure: Failure | undefined): NewCall {
  if (failure === undefined) return made;
  const outcome: Outcome =
    failure.state === 'fail'
      ? { state: 'fail', code: 'MILVUS_503', message: `node offline[node=${made.call.length}]` }
      : { state: 'unknown', code: 'DEADLINE_EXCEEDED', message: 'Deadline exceeded after 0.5s' };
  return { ...made, outcome };
}

function clientOf(probe: Probe): number {
  return probes.indexOf(probe);
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
