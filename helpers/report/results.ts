import { z } from 'zod';
import { experimentSchema } from './timeline-results.ts';

const subject = z.strictObject({
  kind: z.string(),
  name: z.string(),
  container: z.string().exactOptional().describe('Narrows a pod.'),
});

const finding = z.strictObject({
  outcome: z.enum(['pass', 'warn', 'fail', 'inconclusive', 'skipped', 'waived']),
  subject,
  observed: z.string().describe('What is; for a skipped check, the reason.'),
  expected: z.string().exactOptional().describe('What should be.'),
  evidence: z.array(z.strictObject({ at: z.string(), text: z.string() })).exactOptional(),
  remedy: z.string().exactOptional().describe('What to do.'),
  stops: z.array(subject).exactOptional().describe('What cannot run because of this.'),
  waiver: z
    .strictObject({
      reason: z.string(),
      expires: z.string().exactOptional(),
      maxSeconds: z.number().exactOptional(),
    })
    .exactOptional(),
  wrong: z
    .literal(true)
    .exactOptional()
    .describe('An answer was wrong, or rows are gone: nothing excuses it.'),
  lastedMs: z.number().exactOptional().describe('How long it lasted, where that is over.'),
  followsFrom: z
    .strictObject({ code: z.string(), subject })
    .exactOptional()
    .describe('The finding that this one is a consequence of.'),
});

const check = z.strictObject({
  code: z.string(),
  area: z.string(),
  title: z.string(),
  severity: z.enum(['fail', 'warn']),
  outcome: finding.shape.outcome.describe('The worst outcome of its findings.'),
  durationMs: z.number(),
  why: z.string(),
  remedy: z.string(),
  findings: z.array(finding),
});

const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cluster'), context: z.string(), kubernetes: z.string() }),
  z.strictObject({ kind: z.literal('embedded'), layout: z.string(), kubernetes: z.string() }),
  z.strictObject({ kind: z.literal('recording'), name: z.string() }),
  z.strictObject({ kind: z.literal('manifest'), file: z.string() }),
]);

const target = z.strictObject({
  source,
  simulation: z.boolean().describe('True for the embedded cluster: nothing real was judged.'),
  namespace: z.string(),
  instance: z
    .strictObject({
      name: z.string(),
      managedBy: z.enum(['helm', 'operator', 'manifest']),
      mode: z.enum(['cluster', 'standalone']),
      version: z.string().exactOptional(),
      logType: z.string().exactOptional(),
    })
    .exactOptional(),
  takenAt: z.string().describe('When the observation was made (RFC 3339).'),
});

const waiver = z.strictObject({
  code: z.string(),
  subject: z.string(),
  reason: z.string(),
  expires: z.string().exactOptional(),
  maxSeconds: z.number().exactOptional(),
  problem: z.string().describe('Why this waiver had no effect.'),
});

/** What `results.json` holds. The source of `docs/results.schema.json`. */
export const resultsSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: z.literal('milvus-conformance'), version: z.string() }),
    run: z.strictObject({
      id: z.string().describe('YYYYMMDD-HHMMSS-xxxx, in UTC.'),
      folder: z.string().describe('Where the reports lie, as the run was told.'),
      startedAt: z.string(),
      durationMs: z.number(),
      complete: z.boolean().describe('False when the run was cut short; its verdict is then never pass.'),
      readOnly: z.boolean(),
      seed: z.number().exactOptional().describe('Seed of the workload, when one was run.'),
    }),
    target: target.exactOptional().describe('Absent when nothing could be observed.'),
    verdict: z.enum(['pass', 'inconclusive', 'fail']),
    exitCode: z.number().int().min(0).max(4),
    problem: z
      .strictObject({
        kind: z.enum(['usage', 'environment', 'interrupted', 'internal']),
        message: z.string(),
      })
      .exactOptional()
      .describe('What kept the run from its end.'),
    counts: z.record(finding.shape.outcome, z.number().int()).describe('Checks by outcome.'),
    checks: z.array(check),
    experiments: z
      .array(experimentSchema)
      .exactOptional()
      .describe('Of `chaos`: each fault that was tried, in order.'),
    ineffectiveWaivers: z.array(waiver),
    notSelected: z.array(z.string()).describe('Codes left out by --only and --skip.'),
  })
  .meta({
    title: 'results.json of milvus-conformance',
    description: 'One run: what was judged, what was seen, and the verdict.',
  });

export type Results = z.infer<typeof resultsSchema>;
export type CheckResult = z.infer<typeof check>;
export type FindingResult = z.infer<typeof finding>;
export type CheckOutcome = FindingResult['outcome'];
export type Problem = NonNullable<Results['problem']>;

/** Bytes of `results.json`. */
export function resultsJson(results: Results): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/** Bytes of `docs/results.schema.json` (JSON Schema, draft 2020-12). */
export function resultsJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(resultsSchema), null, 2)}\n`;
}
