import { z } from 'zod';
import type { Answer } from './milvus-model.ts';

const search = z.object({
  results: z.object({
    scores: z.array(z.number()),
    ids: z.object({ int_id: z.object({ data: z.array(z.coerce.number()) }) }),
  }),
});

const column = z.object({
  field_name: z.string(),
  scalars: z
    .object({
      long_data: z.object({ data: z.array(z.coerce.number()) }).optional(),
      string_data: z.object({ data: z.array(z.string()) }).optional(),
    })
    .optional(),
  vectors: z.object({ float_vector: z.object({ data: z.array(z.number()) }) }).optional(),
});
const query = z.object({ fields_data: z.array(column) });

/** Key and distance of each hit in a search's answer. */
export function hitsOf(answer: Answer): [key: number, distance: number][] {
  const { ids, scores } = search.parse(answer).results;
  return scores.map((distance, index) => [ids.int_id.data[index] ?? Number.NaN, distance]);
}

/** The rows of a query's answer; none where it is a count. */
export function rowsOf(answer: Answer): { id: number; label: string; vector: Float32Array }[] {
  const columns = new Map(query.parse(answer).fields_data.map((each) => [each.field_name, each]));
  const labels = columns.get('label')?.scalars?.string_data?.data ?? [];
  const vectors = columns.get('vector')?.vectors?.float_vector.data ?? [];
  return (columns.get('id')?.scalars?.long_data?.data ?? []).map((id, index) => ({
    id,
    label: labels[index] ?? '',
    vector: Float32Array.from(vectors.slice(index * 32, (index + 1) * 32)),
  }));
}

export function isCount(answer: Answer): boolean {
  return query.parse(answer).fields_data.some((each) => each.field_name === 'count(*)');
}
