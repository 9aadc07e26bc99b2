import { z } from 'zod';
import type { Operation } from '../history.ts';
import { type Neighbour, sameDistance } from '../oracle.ts';
import type { LoadPlan } from './contract.ts';
import { checkOf, type Probe, probeOf, probeRecords } from './record.ts';
import type { StillOracle } from './still-oracle.ts';

export type Answer =
  | { readonly state: 'right' }
  /** Success, and not what the oracle says. */
  | { readonly state: 'wrong'; readonly text: string }
  /** `unknown`: may have been applied all the same. */
  | { readonly state: 'failed'; readonly text: string; readonly unknown: boolean };

const key = z.number();
const written = {
  request: z.object({ keys: z.array(z.union([key, z.tuple([key, key])])) }),
  value: z.object({ rows: z.number() }),
};

/**
 * What an operation of a load proves, for those who run it and those who judge it. Success of a search, a query or a
 * count is right only where it is what the oracle says; that of a write where every row was acknowledged. Whether a
 * `read` of the ledger is right is for the ledger's judge; here it is right when it succeeds.
 *
 * @throws ZodError where the operation is not what this version writes
 */
export function answerOf(
  operation: Pick<Operation, 'request' | 'outcome'>,
  plan: LoadPlan,
  oracle: StillOracle,
): Answer {
  const { request, outcome } = operation;
  const probe = probeOf(operation) ?? checkOf(operation);
  if (outcome.state !== 'ok') {
    const text = `${outcome.code}: ${outcome.message}`;
    const isVacuous = outcome.code === 'MALFORMED_ANSWER' && probe !== undefined && reads.has(probe);
    return isVacuous
      ? { state: 'wrong', text }
      : { state: 'failed', text, unknown: outcome.state === 'unknown' };
  }
  const wrong = probe === undefined ? undefined : whatIsWrong(probe, request, outcome.value, plan, oracle);
  return wrong === undefined ? { state: 'right' } : { state: 'wrong', text: wrong };
}

/** Of these a Success that cannot be read is a wrong answer; a write may have been applied. */
const reads: ReadonlySet<Probe> = new Set(['search', 'query', 'count']);

function whatIsWrong(
  probe: Probe,
  request: unknown,
  value: unknown,
  plan: LoadPlan,
  oracle: StillOracle,
): string | undefined {
  switch (probe) {
    case 'search': {
      const { query, k } = probeRecords.search.request.parse(request);
      return wrongHits(probeRecords.search.value.parse(value).hits, query, k, oracle);
    }
    case 'query': {
      const { keys } = probeRecords.query.request.parse(request);
      return wrongRows(probeRecords.query.value.parse(value).rows, keys, oracle);
    }
    case 'count': {
      const { atLeast, atMost } = probeRecords.count.request.parse(request);
      const { count } = probeRecords.count.value.parse(value);
      return wrongCount(count, atLeast ?? plan.stillRows, atMost ?? plan.stillRows);
    }
    case 'insert':
    case 'upsert': {
      const keys = numberOfKeys(written.request.parse(request).keys);
      const { rows } = written.value.parse(value);
      return rows === keys ? undefined : `${rows} of ${keys} rows acknowledged`;
    }
    case 'read':
    case 'delete':
    case 'ddl':
      return undefined;
  }
}

/** Rows at the same distance may come in any order, and either may be the last. */
function wrongHits(
  hits: readonly Neighbour[],
  query: number,
  k: number,
  oracle: StillOracle,
): string | undefined {
  const expected = oracle.nearest(query, k);
  if (hits.length !== expected.length) return `${hits.length} hits instead of ${expected.length}`;
  const seen = new Set<number>();
  for (const [place, { key: found, distance }] of hits.entries()) {
    const right = expected[place];
    if (right === undefined || !oracle.isKey(found))
      return `hit ${place + 1} is key ${found}, which no row has`;
    if (seen.has(found)) return `key ${found} is there twice`;
    seen.add(found);
    const exact = oracle.distance(query, found);
    if (!sameDistance(exact, right.distance)) {
      return `hit ${place + 1} is key ${found} at ${exact}, not key ${right.key} at ${right.distance}`;
    }
    if (!sameDistance(distance, exact)) return `key ${found} at ${distance} instead of ${exact}`;
  }
  return undefined;
}

function wrongRows(
  rows: readonly (readonly [key: number, checksum: number])[],
  keys: readonly number[],
  oracle: StillOracle,
): string | undefined {
  const missing = new Set(keys);
  for (const [found, checksum] of rows) {
    if (!missing.delete(found)) {
      return keys.includes(found) ? `key ${found} is there twice` : `key ${found} was not asked for`;
    }
    if (checksum !== oracle.checksum(found)) return `key ${found} has other values than were written`;
  }
  const [first] = missing;
  return first === undefined
    ? undefined
    : `${missing.size} of ${keys.length} rows are missing, such as key ${first}`;
}

function wrongCount(count: number, atLeast: number, atMost: number): string | undefined {
  if (count >= atLeast && count <= atMost) return undefined;
  return `count(*) is ${count} instead of ${atLeast === atMost ? atLeast : `${atLeast} to ${atMost}`}`;
}

function numberOfKeys(keys: readonly (number | readonly [from: number, to: number])[]): number {
  return keys.reduce<number>((sum, item) => sum + (typeof item === 'number' ? 1 : item[1] - item[0] + 1), 0);
}
