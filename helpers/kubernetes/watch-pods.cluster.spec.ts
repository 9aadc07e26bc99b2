import { readFile, writeFile } from 'node:fs/promises';
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteObject } from '../../fixtures/embedded/store/deletion.ts';
import { MemoryRecorder } from '../faults/testing/memory-recorder.ts';
import {
  smallNamespace as namespace,
  startSmallCluster,
  type SmallCluster,
} from '../faults/testing/small-cluster.ts';
import type { Pod } from '../topology/objects.ts';
import { connect, type Connection } from './connection.ts';
import { watchPods } from './watch-pods.ts';

let cluster: SmallCluster;
let wire: Wire;
let connection: Connection;

/** A way to the API server that can be cut. */
interface Wire extends AsyncDisposable {
  readonly port: number;
  cut(): void;
  mend(): void;
}

async function layWire(to: URL): Promise<Wire> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    const far = connectTcp(Number(to.port), to.hostname);
    for (const end of [socket, far]) {
      sockets.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => [socket, far].forEach((one) => one.destroy()));
    }
    if (isCut) socket.destroy();
    socket.pipe(far).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

beforeAll(async () => {
  cluster = await startSmallCluster();
  wire = await layWire(new URL(cluster.connection.server));
  const kubeconfig = path.join(cluster.folder, 'by-wire.json');
  const direct = await readFile(cluster.kubeconfig, 'utf8');
  await writeFile(kubeconfig, direct.replaceAll(cluster.connection.server, `https://127.0.0.1:${wire.port}`));
  connection = await connect({ kubeconfig, namespace });
});

afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
});

const partOf = ({ metadata }: Pod) =>
  metadata.labels?.['component'] === 'shellless' ? undefined : metadata.labels?.['component'];

function killOne(component: string): string {
  const [pod] = cluster.pods(component);
  deleteObject(cluster.store, 'pods', namespace, pod?.metadata.name ?? '', { gracePeriodSeconds: 0 });
  return pod?.metadata.uid ?? '';
}

/** `change part` of each pod event, and each cut. */
function told({ happenings }: MemoryRecorder, uid?: string): readonly string[] {
  return happenings.flatMap((one) => {
    if (one.kind === 'watch') return uid === undefined ? [`watch ${one.state}`] : [];
    if (one.kind !== 'pod' || (uid !== undefined && one.pod.uid !== uid)) return [];
    return [`${one.change} ${one.pod.part}`];
  });
}

test('first what is there, then what becomes of a killed pod and of the one that replaces it', async ({
  signal,
}) => {
  const recorder = new MemoryRecorder();
  await using watched = await watchPods(connection, namespace, partOf, recorder, signal);
  expect(told(recorder).toSorted()).toEqual(['seen etcd', 'seen kafka', 'seen querynode', 'seen querynode']);
  const old = killOne('etcd');
  const isBack = () => watched.pods().some(({ part, uid, ready }) => part === 'etcd' && uid !== old && ready);
  await expect.poll(isBack, { timeout: 20_000 }).toBe(true);
  expect(told(recorder, old).at(-1)).toBe('deleted etcd');
  const replacement = watched.pods().find(({ part }) => part === 'etcd');
  const course = recorder.happenings.flatMap((one) =>
    one.kind === 'pod' && one.pod.uid === replacement?.uid ? [one] : [],
  );
  expect(course[0]).toMatchObject({ change: 'added', pod: { scheduled: false, ready: false } });
  expect(course.at(-1)?.pod).toMatchObject({
    scheduled: true,
    phase: 'Running',
    containers: [{ running: true }],
  });
});

test('a watch that is cut goes on where it was, and says both', async ({ signal }) => {
  await cluster.settle();
  const recorder = new MemoryRecorder();
  await using watched = await watchPods(connection, namespace, partOf, recorder, signal);
  wire.cut();
  await expect.poll(() => told(recorder)).toContain('watch cut');
  const old = killOne('kafka');
  wire.mend();
  await expect.poll(() => told(recorder)).toContain('watch resumed');
  const isBack = () =>
    watched.pods().some(({ part, uid, ready }) => part === 'kafka' && uid !== old && ready);
  await expect.poll(isBack, { timeout: 20_000 }).toBe(true);
  expect(told(recorder, old)).toContain('deleted kafka');
  expect(told(recorder).filter((line) => line.startsWith('watch'))).toEqual(['watch cut', 'watch resumed']);
});

test('of a watch whose place the server has forgotten the pods are read anew', async ({ signal }) => {
  await cluster.settle();
  const recorder = new MemoryRecorder();
  await using watched = await watchPods(connection, namespace, partOf, recorder, signal);
  wire.cut();
  await expect.poll(() => told(recorder)).toContain('watch cut');
  const old = killOne('querynode');
  await cluster.settle();
  const [pod] = cluster.pods('etcd');
  for (let change = 0; change < 1100; change += 1) {
    cluster.store.change('pods', namespace, pod?.metadata.name ?? '', (draft) => {
      draft.metadata.annotations = { change: String(change) };
    });
  }
  wire.mend();
  await expect.poll(() => told(recorder), { timeout: 10_000 }).toContain('deleted querynode');
  expect(told(recorder, old)).toEqual(['seen querynode', 'deleted querynode']);
  expect(watched.pods().filter(({ part }) => part === 'querynode')).toHaveLength(2);
});

test('pods that may not be read are an error from the start', async ({ signal }) => {
  await using poor = await startSmallCluster(['list pods']);
  await expect(watchPods(poor.connection, namespace, partOf, new MemoryRecorder(), signal)).rejects.toThrow(
    'pods is forbidden',
  );
});
