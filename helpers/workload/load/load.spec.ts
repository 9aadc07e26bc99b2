import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { judgeLedger } from '../../verdict/judges/ledger/judge-ledger.ts';
import type { History } from '../history.ts';
import { HistoryFile } from '../history-file.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { readHistory } from '../read-history.ts';
import { actDuring } from './act-during.ts';
import { answerOf } from './answer.ts';
import type { LoadSettings, ProbeState } from './contract.ts';
import { dropLoad } from './drop-load.ts';
import { LedgerKeys } from './ledger-keys.ts';
import { planLoad } from './plan-load.ts';
import { prepareLoad } from './prepare-load.ts';
import { probeOf, probes } from './record.ts';
import { startLoad } from './start-load.ts';
import { StillOracle } from './still-oracle.ts';
import { countAnswer, searchAnswer } from './testing/load-model.ts';
import { type LoadServer, startLoadServer } from './testing/load-server.ts';
import { verifyLoad } from './verify-load.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'load-'));
afterAll(() => rmSync(folder, { recursive: true }));

const plan = {
  ...planLoad({ seed: 5, level: 'light', runId: 'spec', callTimeoutMs: 500 }),
  stillRows: 300,
  flushedRows: 200,
};

interface Prepared extends AsyncDisposable {
  readonly settings: LoadSettings;
  readonly file: string;
}

let files = 0;

async function prepared({ address }: LoadServer): Promise<Prepared> {
  files += 1;
  const file = path.join(folder, `${files}.jsonl`);
  const header = { workload: 'load', seed: plan.seed, collection: plan.collections.ledger };
  const recorder = new HistoryFile(file, header);
  const abort = new AbortController();
  const settings: LoadSettings = {
    target: { address },
    recorder,
    plan,
    keys: new LedgerKeys(),
    signal: abort.signal,
    progress: () => undefined,
  };
  expect(await prepareLoad(settings)).toBeUndefined();
  return { settings, file, [Symbol.asyncDispose]: () => recorder[Symbol.asyncDispose]() };
}

function historyIn(file: string): History {
  return readHistory(readFileSync(file, 'utf8'));
}

function wrongIn(history: History): readonly string[] {
  const oracle = new StillOracle(plan);
  return history.operations.flatMap((operation) => {
    const answer = answerOf(operation, plan, oracle);
    return answer.state === 'right' ? [] : [`${operation.step} ${operation.call}: ${answer.text}`];
  });
}

function stateOf(states: readonly ProbeState[], probe: string): ProbeState | undefined {
  return states.find((state) => state.probe === probe);
}

test('from the first row to the last look every answer of a right server is right, and nothing is left', async () => {
  await using server = await startLoadServer();
  let file = '';
  {
    await using load = await prepared(server);
    file = load.file;
    const running = await startLoad(load.settings);
    await sleep(1500);
    await running.stop();
    expect(await verifyLoad(load.settings)).toBeUndefined();
    await dropLoad(load.settings);
  }
  const history = historyIn(file);
  expect(wrongIn(history)).toEqual([]);
  const byProbe = Map.groupBy(history.operations, probeOf);
  expect(probes.filter((probe) => (byProbe.get(probe)?.length ?? 0) < 3)).toEqual([]);
  const { ledger } = await readLedger(file);
  const lags = { boundedMs: 10_000, eventuallyMs: 10_000, callTimeoutMs: plan.callTimeoutMs };
  expect(judgeLedger(ledger, { seed: plan.seed, complete: true, ...lags })).toMatchObject({
    wrongs: [],
    unread: 0,
  });
  const left = history.operations.filter(({ call }) => call === 'showCollections').slice(-3);
  expect(left.map(({ outcome }) => outcome)).toEqual(
    Array.from({ length: 3 }, () => ({ state: 'ok', value: { own: [] } })),
  );
});

test('a server that answers Success with nothing, then hangs, then comes back, is told apart', async () => {
  await using server = await startLoadServer();
  await using load = await prepared(server);
  const running = await startLoad(load.settings);
  const search = () => stateOf(running.states(), 'search');
  await expect.poll(() => search()?.lastRightAt, { timeout: 15_000 }).toBeDefined();

  server.alterations.set('Search', () => searchAnswer([]));
  await expect.poll(() => search()?.lastBad, { timeout: 15_000 }).toBe('0 hits instead of 10');
  server.alterations.set('Search', () => new Promise(() => undefined));
  await expect.poll(() => search()?.lastBad, { timeout: 15_000 }).toContain('DEADLINE_EXCEEDED');
  const hungCalls = server.calls.get('Search') ?? 0;
  await expect.poll(() => server.calls.get('Search'), { timeout: 15_000 }).toBeGreaterThan(hungCalls + 5);
  server.alterations.delete('Search');
  const backAt = load.settings.recorder.now();
  await expect.poll(() => (search()?.lastRightAt ?? 0) > backAt, { timeout: 15_000 }).toBe(true);
  expect(stateOf(running.states(), 'query')?.lastBad).toBeUndefined();
  await running.stop();
});

test('an insert that got no answer is not repeated as an insert, and its keys are looked at in the end', async () => {
  await using server = await startLoadServer();
  let file = '';
  {
    await using load = await prepared(server);
    file = load.file;
    server.alterations.set('Insert', () => {
      throw new Error('gone');
    });
    const running = await startLoad(load.settings);
    await expect
      .poll(() => stateOf(running.states(), 'insert')?.lastBad, { timeout: 15_000 })
      .toContain('UNAVAILABLE');
    await sleep(300);
    await running.stop();
    expect(await verifyLoad(load.settings)).toBeUndefined();
  }
  const { ledger } = await readLedger(file);
  const lags = { boundedMs: 10_000, eventuallyMs: 10_000, callTimeoutMs: plan.callTimeoutMs };
  expect(judgeLedger(ledger, { seed: plan.seed, complete: true, ...lags }).wrongs).toEqual([]);
});

test('the last look shows what a release and a load lost', async () => {
  await using server = await startLoadServer();
  let file = '';
  {
    await using load = await prepared(server);
    file = load.file;
    server.alterations.set('ReleaseCollection', (answer) => {
      server.alterations.set('Query', (right, request) =>
        JSON.stringify(request).includes('count(*)') ? countAnswer(299) : right,
      );
      return answer;
    });
    expect(await verifyLoad(load.settings)).toBeUndefined();
  }
  const wrong = wrongIn(historyIn(file)).filter((text) => text.includes('instead of 300'));
  expect(wrong).toEqual(Array.from({ length: 2 }, () => 'verify query: count(*) is 299 instead of 300'));
});

test.for(['flush', 'index build', 'load', 'delete burst'] as const)(
  '%s: it is begun and goes on until it is over',
  async (act) => {
    await using server = await startLoadServer();
    let file = '';
    {
      await using load = await prepared(server);
      file = load.file;
      await using under = await actDuring(load.settings, act);
      expect(under).toBeDefined();
      await sleep(50);
      await dropLoad(load.settings);
    }
    const own = historyIn(file).operations.filter(({ step }) => step === 'act');
    expect(own.map(({ call }) => call)).toContain(
      { flush: 'flush', 'index build': 'createIndex', load: 'loadCollection', 'delete burst': 'delete' }[act],
    );
  },
);

test('a program that stands still says so, and by how much', async () => {
  await using server = await startLoadServer();
  let file = '';
  {
    await using load = await prepared(server);
    file = load.file;
    const running = await startLoad(load.settings);
    await sleep(100);
    const until = performance.now() + 200;
    while (performance.now() < until);
    await sleep(100);
    await running.stop();
  }
  const lags = historyIn(file).events.flatMap(({ happening }) =>
    happening.kind === 'lag' ? [happening.lagMs] : [],
  );
  expect(Math.max(...lags)).toBeGreaterThan(150);
});

test('a run that is cut short ends its calls at once', async () => {
  await using server = await startLoadServer();
  await using load = await prepared(server);
  const abort = new AbortController();
  server.alterations.set('Query', () => new Promise(() => undefined));
  const patient = { ...plan, callTimeoutMs: 60_000 };
  const running = await startLoad({ ...load.settings, plan: patient, signal: abort.signal });
  await sleep(200);
  abort.abort();
  const began = performance.now();
  await running.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
});
