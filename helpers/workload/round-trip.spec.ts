import { expect, test } from 'vitest';
import { startMilvusServer } from '../milvus/testing/milvus-server.ts';
import { recordRoundTrip } from './testing/record-round-trip.ts';

const never = () => new Promise<never>(() => undefined);

test('a correct server: every step is recorded, none of it vectors or other collections', async () => {
  await using server = await startMilvusServer();
  const history = await recordRoundTrip(server);
  expect(history.complete).toBe(true);
  expect(history.stopped).toBeUndefined();
  expect(history.operations.every(({ outcome }) => outcome.state === 'ok')).toBe(true);
  expect(history.operations.at(-1)?.step).toBe('list at the end');
  expect(JSON.stringify(history)).not.toMatch(/vector|a_collection_of_the_user/);
});

test('a step that fails ends it, and the clean-up still drops what was created', async () => {
  await using server = await startMilvusServer({
    LoadCollection: () => ({ code: 65535, reason: 'out of memory' }),
  });
  const history = await recordRoundTrip(server);
  expect(history).toMatchObject({
    complete: true,
    stopped: { step: 'load', reason: 'MILVUS_65535: out of memory' },
  });
  expect(history.operations.slice(-4).map(({ step }) => step)).toEqual([
    'load',
    'list at the end',
    'drop at the end',
    'list at the end',
  ]);
  expect(history.operations.at(-1)?.outcome).toEqual({ state: 'ok', value: { own: [] } });
});

test('aborted: the call in flight is cancelled, the history has no end, and nothing is left', async () => {
  await using server = await startMilvusServer({ LoadCollection: never });
  const controller = new AbortController();
  const progress = (text: string) => {
    if (text === 'Round trip: load') setTimeout(() => controller.abort(), 50);
  };
  const history = await recordRoundTrip(server, { signal: controller.signal, progress });
  expect(history.complete).toBe(false);
  const load = history.operations.find(({ step }) => step === 'load');
  expect(load?.outcome).toMatchObject({ state: 'unknown', code: 'CANCELLED' });
  expect(history.operations.at(-1)?.outcome).toEqual({ state: 'ok', value: { own: [] } });
});

test('a spent budget ends it before the next step', async () => {
  await using server = await startMilvusServer();
  const history = await recordRoundTrip(server, { budgetMs: 1 });
  expect(history.complete).toBe(true);
  expect(history.stopped?.reason).toBe('The budget of 0.001 s was spent before it.');
});

test('a wait is bounded by what the run has left, and says the last state', async () => {
  await using server = await startMilvusServer({
    GetFlushState: (answer) => ({ ...answer, flushed: false }),
  });
  const history = await recordRoundTrip(server, { budgetMs: 800 });
  expect(history.stopped).toEqual({
    step: 'flush',
    reason: expect.stringMatching(
      /^Waited 0\.\d s for the flush to end; the last state was not flushed yet\.$/,
    ),
  });
});

test('no server: unknown, not failed, and over at once', async () => {
  const history = await recordRoundTrip({ address: '127.0.0.1:1' });
  expect(history.stopped?.step).toBe('create');
  const outcomes = history.operations.map(({ outcome }) => outcome);
  expect(outcomes.every(({ state }) => state === 'unknown')).toBe(true);
  expect(outcomes[0]).toMatchObject({ code: 'UNAVAILABLE' });
});
