import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startEmbedded } from '../../../fixtures/embedded/start.ts';
import { connect, type Connection } from '../../kubernetes/connection.ts';
import { readyPod } from '../../kubernetes/pods.ts';
import { openPortForward, type PortForward } from '../../kubernetes/port-forward.ts';
import { judgeLedger } from '../../verdict/judges/ledger/judge-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { HistoryFile } from '../history-file.ts';
import { readHistory } from '../read-history.ts';
import { actDuring } from './act-during.ts';
import { answerOf } from './answer.ts';
import type { LoadSettings } from './contract.ts';
import { dropLoad } from './drop-load.ts';
import { LedgerKeys } from './ledger-keys.ts';
import { planLoad } from './plan-load.ts';
import { prepareLoad } from './prepare-load.ts';
import { probeOf, probes } from './record.ts';
import { startLoad } from './start-load.ts';
import { StillOracle } from './still-oracle.ts';
import { verifyLoad } from './verify-load.ts';

// A machine that is busy with other things makes the cluster slow, not wrong.
const plan = planLoad({ seed: 3, level: 'light', runId: 'spec', callTimeoutMs: 60_000 });
const loadMs = 3000;

function forwardToProxy(connection: Connection, namespace: string): Promise<PortForward> {
  return openPortForward(connection, {
    namespace,
    port: 19530,
    choosePod: (signal) => readyPod(connection, namespace, { component: 'proxy' }, signal),
  });
}

test('a whole load of an embedded cluster finds every answer right, and leaves nothing', async ({
  signal,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'load-'));
  try {
    await using cluster = await startEmbedded({ layout: 'woodpecker', signal });
    await using connection = await connect(cluster, signal);
    await using forward = await forwardToProxy(connection, cluster.namespace);
    const file = path.join(folder, 'history.jsonl');
    {
      const header = { workload: 'load', seed: plan.seed, collection: plan.collections.ledger };
      await using recorder = new HistoryFile(file, header);
      const target = { address: `${forward.host}:${forward.port}` };
      const progress = () => undefined;
      const settings: LoadSettings = { target, recorder, plan, keys: new LedgerKeys(), signal, progress };
      expect(await prepareLoad(settings)).toBeUndefined();
      const load = await startLoad(settings);
      await sleep(loadMs);
      for (const act of ['flush', 'delete burst'] as const) {
        await using _under = await actDuring(settings, act);
      }
      await load.stop();
      expect(await verifyLoad(settings)).toBeUndefined();
      await dropLoad(settings);
      recorder.end();
    }
    const history = readHistory(await readFile(file, 'utf8'));
    const oracle = new StillOracle(plan);
    const bad = history.operations.flatMap((operation) => {
      const answer = answerOf(operation, plan, oracle);
      return answer.state === 'right' ? [] : [`${operation.step} ${operation.call}: ${answer.text}`];
    });
    expect(bad).toEqual([]);
    for (const probe of probes) {
      const calls = history.operations.filter((operation) => probeOf(operation) === probe).length;
      expect({ probe, calls }).toEqual({ probe, calls: expect.toSatisfy((made) => made > 3) });
    }
    const { ledger } = await readLedger(file);
    const lags = { boundedMs: 10_000, eventuallyMs: 10_000 };
    const settings = { seed: plan.seed, complete: true, callTimeoutMs: plan.callTimeoutMs, ...lags };
    expect(judgeLedger(ledger, settings)).toMatchObject({ wrongs: [], unread: 0 });
    const lists = history.operations.filter(({ call }) => call === 'showCollections').slice(-3);
    expect(lists.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 3 }, () => ({ state: 'ok', value: { own: [] } })),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
