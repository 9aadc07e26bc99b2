import { metricOf, queryVectorOf } from './rows.ts';
import type { HybridStep, MatchStep, SearchStep } from './scenario.ts';
import { rankConstant } from './rank-fusion.ts';
import { keyField, type Marker, type Stage } from './stage.ts';

export async function search(stage: Stage, mark: Marker, step: SearchStep): Promise<undefined> {
  const { client, collection, scenario, seed } = stage;
  const { field, k, range, filter, groupBy, params = {}, partitions, level } = step;
  for (let query = 1; query <= step.queries; query += 1) {
    await client.nearest(mark({ query }), collection, {
      field,
      k,
      vector: queryVectorOf(scenario, field, seed, query),
      metric: metricOf(scenario, field),
      keyField: keyField(stage),
      params: {
        ...params,
        ...(range !== undefined && { radius: range.radius, range_filter: range.nearest }),
      },
      ...(filter !== undefined && { filter: filter.text }),
      ...(groupBy !== undefined && { groupBy }),
      ...(partitions !== undefined && { partitions }),
      ...(level !== undefined && { level }),
    });
  }
}

export async function hybridSearch(stage: Stage, mark: Marker, step: HybridStep): Promise<undefined> {
  const { client, collection, scenario, seed } = stage;
  const { fields, queries, ranked, k, filter, partitions, level } = step;
  for (let query = 1; query <= queries; query += 1) {
    await client.nearestOfAll(mark({ query }), collection, {
      searches: fields.map((field) => ({ field, vector: queryVectorOf(scenario, field, seed, query) })),
      ranked,
      rankConstant,
      k,
      keyField: keyField(stage),
      ...(filter !== undefined && { filter: filter.text }),
      ...(partitions !== undefined && { partitions }),
      ...(level !== undefined && { level }),
    });
  }
}

export async function match(stage: Stage, mark: Marker, step: MatchStep): Promise<undefined> {
  const { field, words, k, partitions, level } = step;
  await stage.client.nearest(mark(), stage.collection, {
    field,
    vector: words.join(' '),
    k,
    metric: 'BM25',
    keyField: keyField(stage),
    params: {},
    ...(partitions !== undefined && { partitions }),
    ...(level !== undefined && { level }),
  });
}
