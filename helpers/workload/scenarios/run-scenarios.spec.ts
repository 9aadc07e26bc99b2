import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Alteration, startMilvusServer, type TestServer } from '../../milvus/testing/milvus-server.ts';
import type { History } from '../history.ts';
import { HistoryFile } from '../history-file.ts';
import { readHistory } from '../read-history.ts';
import { runScenarios, type ScenariosOptions } from './run-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { id, label } from './table/fields.ts';
import { vector } from './values.ts';

const plain: Scenario = {
  name: 'plain',
  fields: [id, label, { name: 'vector', type: 'FloatVector', dimension: 32, value: vector(32) }],
  indexes: [{ field: 'vector', type: 'FLAT', metric: 'L2' }],
  steps: [
    { act: 'insert', rows: { from: 1, to: 50 }, perCall: 20 },
    { act: 'index' },
    { act: 'load' },
    { act: 'read', rows: { from: 1, to: 60 } },
    { act: 'search', field: 'vector', queries: 2, k: 5 },
    { act: 'delete', rows: { from: 1, to: 10 } },
    { act: 'count' },
  ],
};

async function run(server: TestServer, options: Partial<ScenariosOptions> = {}): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'history.jsonl');
  const { scenarios = [plain] } = options;
  const header = {
    workload: 'test',
    seed: 5,
    collection: 'mc_1_roundtrip',
    scenarios: scenarios.map(({ name }) => name),
  };
  {
    await using recorder = new HistoryFile(file, header);
    const signal = new AbortController().signal;
    await runScenarios({
      address: server.address,
      recorder,
      budgetMs: 60_000,
      signal,
      ...options,
      scenarios,
    });
  }
  return readHistory(readFileSync(file, 'utf8'));
}

const steps = (history: History) => [...new Set(history.operations.map(({ step }) => step))];

test('every step is in the history, under its name and place, without vectors; the collection is removed', async () => {
  await using server = await startMilvusServer();
  const history = await run(server);
  expect(history.operations.map(({ outcome }) => outcome.state)).not.toContain('fail');
  expect(steps(history)).toEqual([
    'server version',
    'plain: create',
    'plain: insert rows 1-50',
    'plain: index',
    'plain: load',
    'plain: read rows 1-60',
    'plain: search vector for 5',
    'plain: delete rows 1-10',
    'plain: count',
    'plain: drop at the end',
    'plain: list at the end',
  ]);
  const inserts = history.operations.filter(({ call }) => call === 'insert');
  expect(inserts.map(({ request }) => request['rows'])).toEqual([
    { from: 1, to: 20 },
    { from: 21, to: 40 },
    { from: 41, to: 50 },
  ]);
  expect(history.operations.find(({ call }) => call === 'query')?.outcome).toMatchObject({
    state: 'ok',
    value: { rows: expect.objectContaining({ length: 50 }) },
  });
  expect(history.operations.at(-1)?.outcome).toEqual({ state: 'ok', value: { own: [] } });
  expect(JSON.stringify(history)).not.toMatch(/\[-?\d+(\.\d+)?,|a_collection_of_the_user/);
});

test('a write that is refused ends its scenario, and the next one is run', async () => {
  let inserts = 0;
  const refuseFirst: Alteration = (answer) => {
    inserts += 1;
    return inserts === 1 ? { status: { code: 9, reason: 'quota exceeded' } } : answer;
  };
  await using server = await startMilvusServer({ Insert: refuseFirst });
  const history = await run(server, { scenarios: [plain, { ...plain, name: 'next' }] });
  expect(steps(history).filter((step) => step.startsWith('plain'))).toEqual([
    'plain: create',
    'plain: insert rows 1-50',
    'plain: drop at the end',
    'plain: list at the end',
  ]);
  expect(steps(history)).toContain('next: count');
});

test('what the server’s version lacks is not tried', async () => {
  await using server = await startMilvusServer({
    GetVersion: (answer) => ({ ...answer, version: 'v2.5.1' }),
  });
  const history = await run(server, { scenarios: [{ ...plain, since: '2.6' }] });
  expect(steps(history)).toEqual(['server version']);
});

test('aborted: it rejects, and what it made is removed all the same', async () => {
  const controller = new AbortController();
  await using server = await startMilvusServer({
    LoadCollection: () => {
      controller.abort();
      return new Promise(() => undefined);
    },
  });
  await expect(run(server, { signal: controller.signal })).rejects.toThrow(/abort/);
  expect(server.requests.slice(-2).map(({ method }) => method)).toEqual([
    'DropCollection',
    'ShowCollections',
  ]);
});

test('a scenario for each proxy goes through every one', async () => {
  await using server = await startMilvusServer();
  const target = { address: server.address };
  const each: Scenario = {
    ...plain,
    clients: 'each proxy',
    steps: [...plain.steps.slice(0, 3), { act: 'count', client: 'each' }],
  };
  const history = await run(server, { scenarios: [each], proxies: [target, target, target] });
  expect(history.operations.filter(({ step }) => step === 'plain: count')).toHaveLength(3);
});
