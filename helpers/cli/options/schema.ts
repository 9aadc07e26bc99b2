import { z } from 'zod';
import { codes, isCode } from '../../engine/codes.ts';
import { suggestion } from '../../engine/suggest.ts';
import type { Code } from '../../verdict/catalogue.ts';
import { layouts } from '../flags.ts';

const text = z.string().min(1);

const code = z.custom<Code>((given) => typeof given === 'string' && isCode(given), {
  error: ({ input }) =>
    `expected the code of a check, such as ${codes[0]}.${suggestion(String(input), codes)}`,
});

/** One or more selectors: `STO`, `STO-010,STO-020`, or a list of such. */
const selectors = z.union([text.transform((value) => [value]), z.array(text)], {
  error: 'expected a code, an area, or a list of them',
});

/** What `milvus-conformance.yaml` may hold: the flags' own names in camelCase, and what only a file can say. */
export const optionsSchema = z.strictObject({
  embedded: z
    .union([z.literal(true), z.enum(layouts)], { error: `expected true or one of ${layouts.join(', ')}` })
    .optional(),
  manifest: text.optional(),
  from: text.optional(),
  kubeconfig: text.optional(),
  context: text.optional(),
  namespace: text.optional(),
  instance: text.optional(),
  out: text.optional(),
  only: selectors.optional(),
  skip: selectors.optional(),
  readOnly: z.boolean().optional(),
  thorough: z.boolean().optional(),
  waivers: z
    .array(
      z.strictObject({
        code,
        subject: text,
        reason: text,
        expires: z.iso.date({ error: 'expected a date such as 2027-01-31' }).exactOptional(),
        maxSeconds: z.number().positive({ error: 'expected a number of seconds above 0' }).exactOptional(),
      }),
    )
    .optional(),
  wal: z.strictObject({ requireClaim: z.enum(['configuration', 'always']).optional() }).optional(),
});

export type FileOptions = z.infer<typeof optionsSchema>;
