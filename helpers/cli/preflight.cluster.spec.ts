import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { startEmbedded } from '../../fixtures/embedded/start.ts';
import { renderLayout } from '../../fixtures/layouts/layouts.ts';
import { resultsSchema } from '../report/results.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'preflight-'));
afterAll(() => rmSync(folder, { recursive: true }));

const main = new URL('main.ts', import.meta.url);

/** Runs a preflight from source; what it says is JSON. */
async function preflight(kubeconfig: string, namespace: string) {
  const file = path.join(folder, `${namespace}.yaml`);
  writeFileSync(file, renderLayout('woodpecker', { namespace }));
  const script = `const { main } = await import(${JSON.stringify(main.href)}); await main(process.argv.slice(1));`;
  const args = ['preflight', '--kubeconfig', kubeconfig, '--manifest', file, '--json'];
  const { stdout, exitCode } = await execa(
    process.execPath,
    ['--input-type=module', '--eval', script, '--', ...args],
    { cwd: folder, reject: false, env: { HOME: folder, NO_COLOR: '1', CI: '1' } },
  );
  const { checks, target } = resultsSchema.parse(JSON.parse(stdout));
  expect(target?.namespace).toBe(namespace);
  expect(checks.every(({ code }) => code.startsWith('PRE-'))).toBe(true);
  const noted = checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skipped');
  return { exitCode, noted: noted.map(({ outcome, code }) => `${outcome} ${code}`) };
}

function yaml(...objects: readonly unknown[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

const namespace = 'full';
const crowded = yaml(
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'team', namespace },
    spec: { hard: { 'requests.storage': '100Gi' } },
  },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'sizes', namespace },
    spec: { limits: [{ type: 'PersistentVolumeClaim', max: { storage: '20Gi' } }] },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data-my-release-etcd-0', namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'my-release-etcd', namespace, annotations: { 'meta.helm.sh/release-name': 'other' } },
    spec: { ports: [{ port: 2379 }] },
  },
);

test('an empty namespace is ready; one with everything in the way is told each of it', async () => {
  await using cluster = await startEmbedded({ manifest: crowded, namespace: 'home' });
  expect(await preflight(cluster.kubeconfig, 'empty')).toEqual({ exitCode: 0, noted: ['warn PRE-040'] });
  expect(await preflight(cluster.kubeconfig, namespace)).toEqual({
    exitCode: 1,
    noted: ['warn PRE-040', 'fail PRE-050', 'fail PRE-060', 'fail PRE-090', 'fail PRE-100', 'fail PRE-110'],
  });
});

test('rights that are missing are named, and what may not be seen is not taken for granted', async () => {
  const manifest = yaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: {} });
  const deny = ['create statefulsets', 'list nodes', 'list storageclasses', 'list resourcequotas'];
  await using cluster = await startEmbedded({ manifest, namespace: 'bare', deny });
  expect(await preflight(cluster.kubeconfig, 'bare')).toEqual({
    exitCode: 1,
    noted: [
      'fail PRE-010',
      'inconclusive PRE-020',
      'inconclusive PRE-030',
      'inconclusive PRE-040',
      'inconclusive PRE-050',
      'inconclusive PRE-070',
      'inconclusive PRE-080',
    ],
  });
});
