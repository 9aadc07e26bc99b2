import type { Result } from '../../milvus/outcome.ts';
import type { Mark, State } from '../../milvus/requests.ts';
import { waitUntilDone } from '../wait.ts';
import { type Marker, refusal, type Stage } from './stage.ts';

const waitBudgetMs = 60_000;

export async function flush(stage: Stage, mark: Marker): Promise<string | undefined> {
  const { client, collection } = stage;
  const flushing = await client.flush(mark(), collection);
  if (flushing.state !== 'ok') return refusal(flushing);
  return waitFor(stage, mark, 'the flush to end', (asked) =>
    client.flushState(asked, collection, flushing.value),
  );
}

export async function buildIndexes(stage: Stage, mark: Marker): Promise<string | undefined> {
  const { client, collection, scenario } = stage;
  for (const index of scenario.indexes) {
    const created = await client.buildIndex(mark(), collection, index);
    if (created.state !== 'ok') return refusal(created);
    const what = `the index ${index.type} on ${index.field} to be built`;
    const reason = await waitFor(stage, mark, what, (asked) =>
      client.indexState(asked, collection, index.field),
    );
    if (reason !== undefined) return reason;
  }
  return undefined;
}

export async function load(stage: Stage, mark: Marker): Promise<string | undefined> {
  const { client, collection } = stage;
  const loading = await client.load(mark(), collection);
  if (loading.state !== 'ok') return refusal(loading);
  return waitFor(stage, mark, 'the load to end', (asked) => client.loadState(asked, collection));
}

export async function compact(stage: Stage, mark: Marker): Promise<string | undefined> {
  const { client, collection } = stage;
  const started = await client.compact(mark(), collection);
  if (started.state !== 'ok') return refusal(started);
  return waitFor(stage, mark, 'the compaction to end', (asked) =>
    client.compactionState(asked, started.value.id),
  );
}

function waitFor(
  { deadline, now, signal, progress }: Stage,
  mark: Marker,
  what: string,
  ask: (asked: Mark) => Promise<Result<State>>,
): Promise<string | undefined> {
  const budgetMs = Math.max(0, Math.round(Math.min(waitBudgetMs, deadline - now())));
  return waitUntilDone(() => ask(mark({ budgetMs })), { what, budgetMs, signal, now, progress });
}
