import { execa } from 'execa';
import { expect, test } from 'vitest';
import { smallNamespace, startSmallCluster } from '../faults/testing/small-cluster.ts';

const main = new URL('main.ts', import.meta.url);

test('clean says that nothing was left, and leaves no Lease of its own', async () => {
  await using cluster = await startSmallCluster();
  const { folder: cwd, kubeconfig, store } = cluster;
  const script = `const { main } = await import(${JSON.stringify(main.href)}); await main(process.argv.slice(1));`;
  const args = ['clean', '--kubeconfig', kubeconfig, '-n', smallNamespace, '--out', 'no-reports'];
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--input-type=module', '--eval', script, '--', ...args],
    { cwd, reject: false },
  );
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: 'The namespace n had nothing left to undo.',
    stderr: '',
  });
  expect(store.list('leases.coordination.k8s.io', smallNamespace)).toEqual([]);
});
