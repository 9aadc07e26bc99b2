import { distancesTo, packVectors, sameDistance } from '../../../workload/oracle.ts';
import { binaryDistancesTo } from '../../../workload/oracle/binary.ts';
import { packSparse, productsWith, type SparseVector } from '../../../workload/oracle/sparse.ts';
import type { Metric } from '../../../workload/scenarios/scenario.ts';
import type { Value } from '../../../workload/scenarios/values.ts';

/** Whether the higher score is the nearer row. */
export function higherIsNearer(metric: Metric): boolean {
  return metric === 'IP' || metric === 'COSINE';
}

/**
 * The oracle's score of each vector against a query, as Milvus reports it; undefined of one that no search finds. A
 * sparse vector is its entries, a binary one its bytes.
 */
export function scoresOf(
  metric: Metric,
  query: Value,
  vectors: readonly Value[],
): readonly (number | undefined)[] {
  const score = scorer(metric, query, vectors);
  return vectors.map((_, row) => score(row));
}

function scorer(
  metric: Metric,
  query: Value,
  vectors: readonly Value[],
): (row: number) => number | undefined {
  const asked = components(query);
  if (metric === 'HAMMING' || metric === 'JACCARD') {
    const bytes = Uint8Array.from(vectors.flatMap(components));
    const set = { dimension: asked.length * 8, keys: [...vectors.keys()], bytes };
    return binaryDistancesTo(set, Uint8Array.from(asked), metric);
  }
  if (isSparse(query)) {
    const set = packSparse(vectors.map((vector, id) => ({ id, vector: entries(vector) })));
    return productsWith(set, entries(query));
  }
  const rows = vectors.map((vector, id) => ({ id, vector: Float32Array.from(components(vector)) }));
  return distancesTo(packVectors(asked.length, rows), Float32Array.from(asked), metric);
}

/** Whether two scores count as one: float32 keeps seven digits, and a root and a quotient lose some of them. */
export function sameScore(left: number, right: number): boolean {
  return sameDistance(left, right, 1e-5);
}

function components(vector: Value): readonly number[] {
  return Array.isArray(vector) ? vector.map(Number) : [];
}

function entries(vector: Value): SparseVector {
  const all = isSparse(vector) ? Object.entries(vector) : [];
  return { indices: all.map(([index]) => Number(index)), values: all.map(([, value]) => Number(value)) };
}

function isSparse(vector: Value): vector is { [index: string]: Value } {
  return typeof vector === 'object' && vector !== null && !Array.isArray(vector);
}
