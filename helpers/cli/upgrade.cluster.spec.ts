import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillAsUser, withClient } from '../../fixtures/broken/upgrade-data.ts';
import { startEmbedded, type EmbeddedCluster } from '../../fixtures/embedded/start.ts';
import { resultsSchema, type Results } from '../report/results.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'upgrade-'));
const namespace = 'milvus';
const signal = AbortSignal.timeout(240_000);
let cluster: EmbeddedCluster;

beforeAll(async () => {
  cluster = await startEmbedded({ layout: 'standalone', namespace, signal });
  await withClient(cluster.kubeconfig, namespace, signal, fillAsUser);
});

afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Runs the command line from source. */
function start(...args: string[]) {
  const main = new URL('main.ts', import.meta.url).href;
  const script = `const { main } = await import(${JSON.stringify(main)}); await main(process.argv.slice(1));`;
  return execa(process.execPath, ['--input-type=module', '--eval', script, '--', ...args], {
    cwd: folder,
    reject: false,
    env: { HOME: folder, KUBECONFIG: cluster.kubeconfig, NO_COLOR: '1', CI: '1' },
  });
}

function resultsOf(stdout: string): Results {
  return resultsSchema.parse(JSON.parse(stdout));
}

function failed({ checks }: Results): readonly string[] {
  return checks.filter(({ outcome }) => outcome === 'fail').map(({ code }) => code);
}

test('before and after: all is compared, the canary is removed, and the saved run says the same again', async () => {
  const before = await start('upgrade', 'before', '--save', 'save', '--with-canary', '--json');
  expect({ exitCode: before.exitCode, stderr: before.stderr }).toMatchObject({ exitCode: 0 });
  const snapshot = readFileSync(path.join(folder, 'save', 'snapshot.json'), 'utf8');
  expect(snapshot).toContain('"name": "books"');
  for (const text of ['note \\"', 'row-17-']) expect(snapshot).not.toContain(text);
  expect(readdirSync(path.join(folder, 'save')).toSorted()).toEqual(['canary.json', 'snapshot.json']);

  const after = await start('upgrade', 'after', '--from', 'save', '--json');
  expect({ exitCode: after.exitCode, stderr: after.stderr }).toMatchObject({ exitCode: 0 });
  const results = resultsOf(after.stdout);
  const outcomes = Object.fromEntries(results.checks.map(({ code, outcome }) => [code, outcome]));
  expect(outcomes).toMatchObject({
    'UPG-110': 'pass',
    'UPG-150': 'pass',
    'UPG-160': 'pass',
    'UPG-270': 'pass',
    'UPG-310': 'skipped',
    'RTP-070': 'pass',
    'STO-110': 'pass',
  });
  const left = await withClient(cluster.kubeconfig, namespace, signal, (client) =>
    client.showCollections({}),
  );
  expect(left.data.map(({ name }) => name).toSorted()).toEqual(['archive', 'books', 'notes']);

  const again = resultsOf((await start('gate', '--from', results.run.folder, '--json')).stdout);
  const findings = ({ checks }: Results) => checks.map((check) => [check.code, check.findings]);
  expect(findings(again)).toEqual(findings(results));
});

test('rows that are lost between the two looks are found', async () => {
  await start('upgrade', 'before', '--save', 'lost');
  await withClient(cluster.kubeconfig, namespace, signal, (client) =>
    client.deleteEntities({ collection_name: 'books', filter: 'id in [8, 9]' }),
  );
  const { stdout, exitCode } = await start('upgrade', 'after', '--from', 'lost', '--read-only', '--json');
  expect({ exitCode, failed: failed(resultsOf(stdout)) }).toEqual({ exitCode: 1, failed: ['UPG-130'] });
});

test('a version that cannot be reached is refused before anything is touched', async () => {
  const args = ['--to', 'milvusdb/milvus:v2.5.16', '--json'];
  const { stdout, exitCode } = await start('upgrade', 'before', '--save', 'road', ...args);
  expect({ exitCode, failed: failed(resultsOf(stdout)) }).toEqual({ exitCode: 1, failed: ['UPG-010'] });
});

test('without consent the commands are shown, and nothing is done', async () => {
  const args = ['--save', 'run', '--to', 'milvusdb/milvus:v2.6.16'];
  const { stderr, exitCode } = await start('upgrade', 'run', ...args);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(
    'kubectl set image Deployment/my-release-milvus-standalone standalone=milvusdb/milvus:v2.6.16',
  );
  expect(readdirSync(folder)).not.toContain('run');
});
