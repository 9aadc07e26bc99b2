import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { readHistory } from '../workload/read-history.ts';
import { loadPlanSchema } from '../workload/load/load-plan-schema.ts';
import { componentRoles } from '../topology/model.ts';
import { experimentName, type Experiment, type ExperimentPlan } from './experiment.ts';
import { budgetNames, timings } from './scenario.ts';

/** Where the facts of one experiment lie. */
export interface ExperimentFolder {
  readonly path: string;
  readonly plan: string;
  readonly history: string;
  /** What pods, events and logs said, where something went wrong. */
  readonly diagnostics: string;
}

const pick = z.enum(['one', 'all']);
const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('component'), roles: z.array(z.enum(componentRoles)), pick }),
  z.object({
    kind: z.literal('store'),
    store: z.enum(['metadata', 'object', 'log']),
    pick: z.enum(['one', 'all', 'leader']),
  }),
  z.object({ kind: z.literal('milvus') }),
]);
const fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('delete-pods'),
    // JSON has no undefined: without it, the pod's own grace period.
    graceSeconds: z.literal(0).exactOptional(),
    times: z.number().exactOptional(),
    everyMs: z.number().exactOptional(),
  }),
  z.object({ kind: z.literal('kill-container') }),
  z.object({ kind: z.literal('restart-rollout') }),
  z.object({ kind: z.literal('scale-to-zero'), downMs: z.number() }),
  z.object({ kind: z.literal('evict') }),
]);
const budgets = z.partialRecord(z.enum(budgetNames), z.number());

const planSchema = z.object({
  schemaVersion: z.literal(1),
  scenario: z.object({
    name: z.string(),
    summary: z.string(),
    targets: z.array(target),
    fault,
    timing: z.enum(timings),
    budgets,
    budgetsWithReplicas: budgets.exactOptional(),
  }),
  repetition: z.number().int(),
  namespace: z.string(),
  instance: z.string(),
  victims: z.array(
    z.object({
      name: z.string(),
      uid: z.string(),
      part: z.string(),
      workload: z.object({ kind: z.enum(['Deployment', 'StatefulSet', 'Pod']), name: z.string() }),
      container: z.string(),
    }),
  ),
  replicasStay: z.boolean(),
  budgets,
  load: loadPlanSchema,
}) satisfies z.ZodType<ExperimentPlan>;

/** Makes the folder of an experiment within a run's, and writes its plan: before anything is done. */
export async function makeExperimentFolder(
  runFolder: string,
  number: number,
  plan: ExperimentPlan,
): Promise<ExperimentFolder> {
  const name = `${String(number).padStart(2, '0')}-${experimentName(plan).replace(' #', '-')}`;
  const folder = filesIn(path.join(experimentsIn(runFolder), name));
  await mkdir(folder.path, { recursive: true });
  await writeFileAtomic(folder.plan, `${JSON.stringify(plan, undefined, 2)}\n`);
  return folder;
}

/**
 * The experiments of a run, in the order in which they were made; none where the run made none.
 * @throws Error that names the file, where one is not what this version writes
 */
export async function readExperiments(runFolder: string): Promise<readonly Experiment[]> {
  const folder = experimentsIn(runFolder);
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).toSorted();
  return await Promise.all(names.map((name) => readExperiment(filesIn(path.join(folder, name)))));
}

/** Copies the experiments of an earlier run into another's folder. */
export async function copyExperiments(from: string, to: string): Promise<void> {
  if (!existsSync(experimentsIn(from))) return;
  await cp(experimentsIn(from), experimentsIn(to), { recursive: true });
}

async function readExperiment(files: ExperimentFolder): Promise<Experiment> {
  const [plan, history] = await Promise.all([readFile(files.plan, 'utf8'), readFile(files.history, 'utf8')]);
  const parsed = planSchema.safeParse(JSON.parse(plan));
  if (parsed.success) return { plan: parsed.data, history: readHistory(history) };
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${files.plan} is no plan that this version writes: ${problems.join('; ')}`);
}

function experimentsIn(runFolder: string): string {
  return path.join(runFolder, 'experiments');
}

function filesIn(folder: string): ExperimentFolder {
  return {
    path: folder,
    plan: path.join(folder, 'plan.json'),
    history: path.join(folder, 'history.jsonl'),
    diagnostics: path.join(folder, 'diagnostics'),
  };
}
