import { z } from 'zod';
import { loadLevels, type LoadPlan } from './contract.ts';

/** The plan of a load as it lies on disk. */
export const loadPlanSchema = z.object({
  seed: z.number(),
  level: z.enum(loadLevels),
  dimension: z.number(),
  stillRows: z.number(),
  flushedRows: z.number(),
  k: z.number(),
  callTimeoutMs: z.number(),
  collections: z.object({ still: z.string(), ledger: z.string(), scratch: z.string() }),
}) satisfies z.ZodType<LoadPlan>;
