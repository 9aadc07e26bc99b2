import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { type Poll, waitUntilDone } from './wait.ts';

function limits(
  options: { budgetMs?: number; signal?: AbortSignal; progress?: (text: string) => void } = {},
) {
  const { budgetMs = 1000, signal = new AbortController().signal, progress = () => undefined } = options;
  return { what: 'the load to end', budgetMs, signal, progress, now: () => performance.now() };
}

const loading: Poll = { state: 'ok', value: { done: false, state: 'LoadStateLoading' } };
const loaded: Poll = { state: 'ok', value: { done: true, state: 'LoadStateLoaded' } };
const unanswered: Poll = { state: 'unknown', code: 'UNAVAILABLE', message: 'connection refused' };

function answers(...polls: Poll[]): () => Promise<Poll> {
  return async () => polls.shift() ?? loading;
}

test('polls until done, over polls without an answer, and says how far it is', async () => {
  const said: string[] = [];
  const wait = waitUntilDone(
    answers(loading, unanswered, loaded),
    limits({ progress: (text) => said.push(text) }),
  );
  await expect(wait).resolves.toBeUndefined();
  expect(said[0]).toMatch(/^Waiting for the load to end: LoadStateLoading \(0\.0 s of 1\.0 s\)$/);
  expect(said).toHaveLength(2);
});

test('a spent budget says the last state', async () => {
  await expect(waitUntilDone(answers(), limits({ budgetMs: 100 }))).resolves.toBe(
    'Waited 0.1 s for the load to end; the last state was LoadStateLoading.',
  );
});

test('a refusal ends it at once', async () => {
  const refused: Poll = { state: 'fail', code: 'MILVUS_100', message: 'collection not found' };
  await expect(waitUntilDone(answers(loading, refused), limits())).resolves.toBe(
    'Refused while waiting for the load to end: MILVUS_100: collection not found.',
  );
});

test('an abort ends it', async () => {
  const controller = new AbortController();
  const wait = waitUntilDone(
    answers(),
    limits({ signal: controller.signal, progress: () => controller.abort() }),
  );
  await expect(wait).rejects.toThrow(/abort/);
});
