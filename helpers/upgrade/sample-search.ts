import { z } from 'zod';
import { mix, mulberry32 } from '../workload/seeded.ts';
import { encodePlaceholders } from './placeholders.ts';
import { failureText, type MilvusReader } from './reader.ts';
import type { CollectionFacts, SearchFacts } from './snapshot-collection.ts';

/** Searches of each vector field, and hits of each. */
const queries = [1, 2, 3] as const;
const k = 10;

/** Keeps these query vectors apart from other numbers of the same seed. */
const stream = 71;

const distances = z
  .object({ results: z.object({ scores: z.array(z.number()) }).nullish() })
  .transform(({ results }) => results?.scores ?? []);

/** Kinds of vectors for which a query can be made from nothing; a sparse one needs the words of the user's texts. */
const searchable: ReadonlySet<string> = new Set(['FloatVector', 'BinaryVector']);

/** Searches each indexed field of a loaded collection by vectors that follow from its name and dimension alone. */
export async function sampleSearches(
  reader: MilvusReader,
  { database, name, schema, indexes }: Pick<CollectionFacts, 'database' | 'name' | 'schema' | 'indexes'>,
): Promise<SearchFacts[]> {
  const found: SearchFacts[] = [];
  for (const { name: field, type, params } of schema.fields) {
    const index = indexes.find((each) => each.field === field);
    if (index === undefined || !searchable.has(type)) continue;
    const metric = index.params['metric_type'] ?? '';
    for (const query of queries) {
      const answer = await reader.read(
        'Search',
        {
          db_name: database,
          collection_name: name,
          dsl_type: 'BoolExprV1',
          nq: '1',
          placeholder_group: encodePlaceholders(type, vectorOf(type, Number(params['dim'] ?? 0), query)),
          consistency_level: 'Strong',
          search_params: Object.entries({
            anns_field: field,
            topk: String(k),
            metric_type: metric,
            params: '{}',
            round_decimal: '-1',
          }).map(([key, value]) => ({ key, value })),
        },
        distances,
      );
      found.push({
        field,
        query,
        k,
        metric,
        index: index.params['index_type'] ?? '',
        answer:
          answer.state === 'ok'
            ? { state: 'answered', distances: answer.value }
            : { state: 'failed', error: failureText(answer) },
      });
    }
  }
  return found;
}

/** Little-endian float32 components between -1 and 1, or random bits. */
function vectorOf(type: string, dimension: number, query: number): Uint8Array {
  const next = mulberry32(mix(stream, dimension, query));
  if (type === 'BinaryVector') return Uint8Array.from({ length: dimension / 8 }, () => next() & 255);
  const view = new DataView(new ArrayBuffer(dimension * 4));
  for (let at = 0; at < dimension; at += 1) view.setFloat32(at * 4, ((next() % 255) - 127) / 128, true);
  return new Uint8Array(view.buffer);
}
