import { expect, onTestFinished, test } from 'vitest';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer, type Script } from '../../fixtures/recordings/replay-server.ts';
import { connect } from './connection.ts';
import { ApiError } from './errors.ts';
import { isRecord } from './json.ts';
import { list } from './list.ts';

const version = recording('version').response;
const path = '/api/v1/namespaces/milvus/pods';
const expired = {
  status: 410,
  body: {
    kind: 'Status',
    status: 'Failure',
    reason: 'Expired',
    message: 'The provided continue parameter is too old to display a consistent list result.',
    code: 410,
  },
};

async function listFrom(script: Script, signal?: AbortSignal) {
  const server = await ReplayServer.start((request) =>
    request.path === '/version' ? version : script(request),
  );
  onTestFinished(() => server[Symbol.asyncDispose]());
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  const keep = (item: unknown) => (isRecord(item) && item['name'] !== 'drop' ? item['name'] : undefined);
  return { listed: await list(connection, path, keep, signal), asked: server.requests.slice(1) };
}

function page(items: readonly string[], next?: string) {
  return {
    status: 200,
    body: { metadata: next === undefined ? {} : { continue: next }, items: items.map((name) => ({ name })) },
  };
}

test('follows the pages to the end and keeps what it is told to', async () => {
  const { listed, asked } = await listFrom(({ query }) => {
    if (query.get('continue') === null) return page(['a', 'drop'], 'to/ken=');
    return query.get('continue') === 'to/ken=' ? page(['b'], 'last') : page(['c']);
  });
  expect(listed).toMatchObject({ items: ['a', 'b', 'c'], requests: 3 });
  expect(asked).toEqual([
    `GET ${path}?limit=500`,
    `GET ${path}?limit=500&continue=to%2Fken%3D`,
    `GET ${path}?limit=500&continue=last`,
  ]);
});

test('starts again when the server has forgotten the list, and counts no object twice', async () => {
  let expiries = 0;
  const { listed } = await listFrom(({ query }) => {
    if (query.get('continue') === null) return page(['a'], 'next');
    expiries += 1;
    return expiries === 1 ? expired : page(['b']);
  });
  expect(listed).toMatchObject({ items: ['a', 'b'], requests: 4 });
});

test('gives up on a list that never ends, with the words of the server', async () => {
  const error: unknown = await listFrom(({ query }) =>
    query.get('continue') === null ? page(['a'], 'next') : expired,
  ).catch((reason: unknown) => reason);
  if (!(error instanceof ApiError)) throw new Error('no ApiError', { cause: error });
  expect(error).toMatchObject({ status: 410, reason: 'Expired' });
});

test('waits as long as a busy server asks', async () => {
  const times: number[] = [];
  const { listed } = await listFrom(() => {
    times.push(performance.now());
    const busy = { kind: 'Status', reason: 'TooManyRequests', message: 'busy', code: 429 };
    return times.length === 1 ? { status: 429, body: busy, headers: { 'Retry-After': '1' } } : page(['a']);
  });
  expect(listed).toMatchObject({ items: ['a'], requests: 2 });
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(990);
});

test('a busy server is not waited for after an abort', async () => {
  const work = listFrom(
    () => ({ status: 429, body: {}, headers: { 'Retry-After': '30' } }),
    AbortSignal.timeout(100),
  );
  await expect(work).rejects.toThrow(/abort/i);
});

test('a bad continue token is an error, as recorded', async () => {
  const { body, status } = recording('list-pods-bad-continue').response;
  const work = listFrom(() => ({ status, body }));
  await expect(work).rejects.toThrow(/was answered with 400: invalid continue token/);
});

test('an answer that is no list is named', async () => {
  await expect(listFrom(() => ({ status: 200, body: { kind: 'Pod' } }))).rejects.toThrow(
    /was not answered with a list/,
  );
});

test('a web page in the place of a list is named', async () => {
  await expect(listFrom(() => ({ status: 200, body: '<html>[{' }))).rejects.toThrow(
    /not the JSON of the Kubernetes API/,
  );
});

test('a page that was cut short is read again, and its objects count once', async () => {
  let cuts = 0;
  const { listed } = await listFrom(({ query }) => {
    if (query.get('continue') === null) return page(['a'], 'next');
    cuts += 1;
    return cuts === 1 ? 'cut' : page(['b']);
  });
  expect(listed).toMatchObject({ items: ['a', 'b'], requests: 3 });
});
