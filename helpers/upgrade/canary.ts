import { z } from 'zod';
import type { Result } from '../milvus/outcome.ts';
import type { Mark, State } from '../milvus/requests.ts';
import { openScenarioClient, type ScenarioClient } from '../milvus/scenario-client.ts';
import type { MilvusTarget } from '../milvus/target.ts';
import {
  canaryKeys,
  canaryQueries,
  canaryQuery,
  canarySizes,
  isDeleted,
  isUpserted,
  writtenRow,
} from '../workload/canary.ts';
import { checksumOfRow, type LedgerRow } from '../workload/ledger/row.ts';
import { ownPrefix } from '../workload/own-names.ts';
import type { Recorder } from '../workload/recorder.ts';
import type { Field } from '../workload/scenarios/scenario.ts';
import { waitUntilDone } from '../workload/wait.ts';
import { failureText } from './reader.ts';
import type { CanaryFacts, CanaryPlan } from './snapshot.ts';

const callTimeoutMs = 15_000;
/** ms that a flush, an index build or a load may take. */
const waitBudgetMs = 120_000;
const rowsPerCall = 400;

const none = () => null;
const fields: readonly Field[] = [
  { name: 'id', type: 'Int64', key: 'given', value: none },
  { name: 'generation', type: 'Int64', value: none },
  { name: 'label', type: 'VarChar', maxLength: 64, value: none },
  { name: 'amount', type: 'Int64', value: none },
  { name: 'weight', type: 'Double', value: none },
  { name: 'active', type: 'Bool', value: none },
  { name: 'vector', type: 'FloatVector', dimension: canarySizes.dimension, value: none },
];

const rowRead = z
  .object({
    id: z.coerce.number(),
    generation: z.coerce.number(),
    label: z.string(),
    amount: z.coerce.number(),
    weight: z.number(),
    active: z.boolean(),
    vector: z.array(z.number()),
  })
  .transform((row): [key: number, checksum: number] => [row.id, checksumOfRow(row)]);

export interface CanaryOptions {
  readonly target: MilvusTarget;
  /** Its header names the collection and the seed. */
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** A refusal that ends the canary's steps. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** `mc_<run>_canary`. */
export function canaryCollection(id: string): string {
  return `${ownPrefix(id)}_canary`;
}

function canaryPlanOf({ header }: Recorder): CanaryPlan {
  const { dimension, rows } = canarySizes;
  return { collection: header.collection, seed: header.seed, dimension, rows };
}

/** Makes and fills the canary, and leaves it loaded. What an earlier, killed run began is made anew. */
export async function writeCanary(options: CanaryOptions): Promise<CanaryFacts> {
  const plan = canaryPlanOf(options.recorder);
  return attempt(options, plan, async (client) => {
    const { collection } = plan;
    must('drop', await client.dropCollection(markOf('drop', plan), collection));
    must('create', await client.create(markOf('create', plan), collection, fields));
    const keys = canaryKeys(plan);
    const flushed = keys.filter((key) => key < canarySizes.flushed);
    const growing = keys.filter((key) => key >= canarySizes.flushed);
    await writeKeys(client, plan, flushed);
    await flush(client, options, plan);
    const index = { field: 'vector', type: 'FLAT', metric: 'L2' } as const;
    must('create index', await client.buildIndex(markOf('create index', plan), collection, index));
    await wait(options, 'the index to be built', () =>
      client.indexState(markOf('index state', plan), collection, 'vector'),
    );
    must('load', await client.load(markOf('load', plan), collection));
    await wait(options, 'the load to end', () => client.loadState(markOf('load state', plan), collection));
    await writeKeys(client, plan, growing);
    return { plan, state: 'written' };
  });
}

/** Reads all of the canary: each row, the count, and searches. */
export async function readCanary(options: CanaryOptions, plan: CanaryPlan): Promise<CanaryFacts> {
  return attempt(options, plan, async (client) => {
    const { collection } = plan;
    const listed = await client.listCollections(markOf('list', plan), collection);
    must('list', listed);
    if (listed.state === 'ok' && !listed.value.own.includes(collection)) return { plan, state: 'gone' };
    const rows: [number, number][] = [];
    for (const keys of inChunks(canaryKeys(plan), rowsPerCall)) {
      const read = await client.select(markOf('read', plan), collection, {
        filter: `id in [${keys.join(', ')}]`,
        fields: fields.map(({ name }) => name),
        row: rowRead,
        level: 'Strong',
      });
      rows.push(...must('read', read).rows);
    }
    const counted = must(
      'count',
      await client.countRows(markOf('count', plan), collection, '', { level: 'Strong' }),
    );
    const searches: NonNullable<CanaryFacts['searches']> = [];
    for (const query of canaryQueries) {
      const answer = await client.nearest(markOf('search', plan), collection, {
        field: 'vector',
        vector: [...canaryQuery(plan, query)],
        k: canarySizes.k,
        metric: 'L2',
        keyField: 'id',
        params: {},
        level: 'Strong',
      });
      const { hits } = must('search', answer);
      searches.push({ query, hits: hits.map(({ key, distance }) => ({ key: Number(key), distance })) });
    }
    return { plan, state: 'read', count: counted.count, rows, searches };
  });
}

/** Removes the canary, and looks whether it is gone. */
export async function removeCanary(options: CanaryOptions, plan: CanaryPlan): Promise<boolean> {
  const facts = await attempt(options, plan, async (client) => {
    must('drop', await client.dropCollection(markOf('drop', plan), plan.collection));
    const left = must('list', await client.listCollections(markOf('list', plan), plan.collection));
    return { plan, state: left.own.length === 0 ? 'gone' : 'read' };
  });
  return facts.state === 'gone';
}

async function attempt(
  { target, recorder, signal }: CanaryOptions,
  plan: CanaryPlan,
  body: (client: ScenarioClient) => Promise<CanaryFacts>,
): Promise<CanaryFacts> {
  await using client = await openScenarioClient(target, recorder, { callTimeoutMs, signal });
  try {
    return await body(client);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { plan, state: 'failed', error: error.message };
  }
}

async function writeKeys(client: ScenarioClient, plan: CanaryPlan, keys: readonly number[]): Promise<void> {
  const { collection } = plan;
  for (const some of inChunks(keys, rowsPerCall)) {
    const rows = some.map((key) => sent(writtenRow(plan, key, 0)));
    must('insert', await client.write(markOf('insert', plan), 'insert', collection, rows));
  }
  const upserted = keys.filter(isUpserted).map((key) => sent(writtenRow(plan, key, 1)));
  must('upsert', await client.write(markOf('upsert', plan), 'upsert', collection, upserted));
  const filter = `id in [${keys.filter(isDeleted).join(', ')}]`;
  must('delete', await client.remove(markOf('delete', plan), collection, filter));
}

function sent({ vector, ...row }: LedgerRow) {
  return { ...row, vector: Array.from(vector) };
}

async function flush(client: ScenarioClient, options: CanaryOptions, plan: CanaryPlan): Promise<void> {
  const { collection } = plan;
  const flushing = must('flush', await client.flush(markOf('flush', plan), collection));
  await wait(options, 'the flush to end', () =>
    client.flushState(markOf('flush state', plan), collection, flushing),
  );
}

async function wait(
  { recorder, signal, progress }: CanaryOptions,
  what: string,
  ask: () => Promise<Result<State>>,
): Promise<void> {
  const now = () => recorder.now();
  const reason = await waitUntilDone(ask, { what, budgetMs: waitBudgetMs, signal, now, progress });
  if (reason !== undefined) throw new Refused(reason);
}

function markOf(step: string, { collection }: CanaryPlan): Mark {
  return { step: `canary ${step}`, request: { collection } };
}

function must<T>(step: string, result: Result<T>): T {
  if (result.state === 'ok') return result.value;
  throw new Refused(`${step}: ${failureText(result)}`);
}

function inChunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
