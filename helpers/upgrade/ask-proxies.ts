import { z } from 'zod';
import type { MilvusTarget } from '../milvus/target.ts';
import { openScenarioClient, type ScenarioClient } from '../milvus/scenario-client.ts';
import type { Recorder } from '../workload/recorder.ts';
import type { Field } from '../workload/scenarios/scenario.ts';
import { waitUntilDone } from '../workload/wait.ts';
import { failureText } from './reader.ts';
import type { ProxyFacts } from './snapshot.ts';

const callTimeoutMs = 15_000;
const waitBudgetMs = 60_000;

const dimension = 4;
const none = () => null;
const fields: readonly Field[] = [
  { name: 'id', type: 'Int64', key: 'given', value: none },
  { name: 'vector', type: 'FloatVector', dimension, value: none },
];

export interface NamedProxy {
  readonly pod: string;
  readonly target: MilvusTarget;
}

/**
 * Asks each proxy for its version and, unless `write` is off, writes a row through each and reads it back through the
 * same one, in a collection of its own that is removed again. An upgraded proxy can serve reads and refuse every
 * write (milvus#47806).
 */
export async function askProxies(
  proxies: readonly NamedProxy[],
  options: { readonly recorder: Recorder; readonly write: boolean; readonly signal: AbortSignal },
): Promise<ProxyFacts[]> {
  const { recorder, write, signal } = options;
  const [first] = proxies;
  if (first === undefined) return [];
  const limits = { callTimeoutMs, signal };
  const { collection } = recorder.header;
  await using maker = await openScenarioClient(first.target, recorder, limits);
  const obstacle = write
    ? await makeCollection(maker, collection, recorder, signal)
    : 'this run writes nothing';
  const found: ProxyFacts[] = [];
  try {
    for (const [number, { pod, target }] of proxies.entries()) {
      await using client = await openScenarioClient(target, recorder, limits);
      const version = await client.version({ step: 'version', request: { pod } });
      const answered = version.state === 'ok' ? { version: version.value.version } : {};
      found.push({ pod, ...answered, ...(await writeThrough(client, pod, number, obstacle)) });
    }
  } finally {
    if (write) await maker.dropCollection({ step: 'drop', request: { collection } }, collection);
  }
  return found;

  async function writeThrough(
    client: ScenarioClient,
    pod: string,
    id: number,
    reason: string | undefined,
  ): Promise<Pick<ProxyFacts, 'write' | 'read'>> {
    if (reason !== undefined)
      return { write: { state: 'unasked', reason }, read: { state: 'unasked', reason } };
    const row = { id, vector: Array.from({ length: dimension }, () => id) };
    const written = await client.write({ step: 'write', request: { pod, id } }, 'insert', collection, [row]);
    if (written.state !== 'ok') {
      const refused = 'its write was refused';
      return {
        write: { state: 'failed', error: failureText(written) },
        read: { state: 'unasked', reason: refused },
      };
    }
    const read = await client.select({ step: 'read', request: { pod, id } }, collection, {
      filter: `id == ${id}`,
      fields: ['id'],
      row: z.object({ id: z.coerce.number() }),
      level: 'Strong',
    });
    if (read.state !== 'ok')
      return { write: { state: 'ok' }, read: { state: 'failed', error: failureText(read) } };
    const error = 'the row that was acknowledged is not in the answer';
    return {
      write: { state: 'ok' },
      read: read.value.rows.length === 1 ? { state: 'ok' } : { state: 'failed', error },
    };
  }
}

/** @returns why it could not be made */
async function makeCollection(
  client: ScenarioClient,
  collection: string,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<string | undefined> {
  const mark = (step: string) => ({ step, request: { collection } });
  const made = await client.create(mark('create'), collection, fields);
  if (made.state !== 'ok') return `no collection could be made to write to: ${failureText(made)}`;
  const index = { field: 'vector', type: 'FLAT', metric: 'L2' } as const;
  const built = await client.buildIndex(mark('create index'), collection, index);
  if (built.state !== 'ok') return `its index was refused: ${failureText(built)}`;
  const loading = await client.load(mark('load'), collection);
  if (loading.state !== 'ok') return `its load was refused: ${failureText(loading)}`;
  return waitUntilDone(() => client.loadState(mark('load state'), collection), {
    what: 'a collection of the suite’s own to be loaded',
    budgetMs: waitBudgetMs,
    signal,
    now: () => recorder.now(),
    progress: () => undefined,
  });
}
