import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { renderLayout } from '../../fixtures/layouts/layouts.ts';
import { resultsSchema } from '../report/results.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const main = new URL('main.ts', import.meta.url);

/** Runs the command line from source, in a folder that holds the manifests; `input` is its stdin. */
function cli(args: readonly string[], input?: string | Buffer) {
  const script = `const { main } = await import(${JSON.stringify(main.href)}); await main(process.argv.slice(1));`;
  return execa(process.execPath, ['--input-type=module', '--eval', script, '--', ...args], {
    cwd: folder,
    reject: false,
    env: { HOME: folder, KUBECONFIG: '', NO_COLOR: '1', CI: '1' },
    ...(input !== undefined && { input }),
  });
}

const woodpecker = renderLayout('woodpecker');

function file(name: string, text: string | Buffer): string {
  writeFileSync(path.join(folder, name), text);
  return name;
}

const whole = file('whole.yaml', woodpecker);
const broken = file('broken.yaml', woodpecker.replaceAll('milvusdb/milvus:v2.6.2', 'milvusdb/milvus:v2.5.4'));

test('a manifest by pipe: claims, what must last and why, images, sums, the verdict; exit code 0', async () => {
  const { stdout, exitCode } = await cli(['manifests', '-'], woodpecker);
  expect(exitCode).toBe(0);
  for (const text of [
    'my-release for namespace milvus: Milvus 2.6.2, cluster, log in woodpecker',
    'data-my-release-etcd-{0..2}',
    'export-my-release-minio-{0..3}',
    '✓ every segment and index: claims export-my-release-minio-{0..3}',
    'a streamingnode keeps none of it',
    'milvusdb/milvus:v2.6.2',
    'pods ask for',
    ' PASS  my-release',
  ]) {
    expect(stdout).toContain(text);
  }
});

test('a check that fails is exit code 1, with the object’s line in every report', async () => {
  const { stdout, exitCode } = await cli(['manifests', broken, '--out', 'failed']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('HLT-130');
  const [run = ''] = readdirSync(path.join(folder, 'failed'));
  for (const report of ['junit.xml', 'results.json', 'summary.md']) {
    expect(readFileSync(path.join(folder, 'failed', run, report), 'utf8')).toMatch(/broken\.yaml:\d+/);
  }
});

test('--json: the summary with the results in it; the saved run judged again is the same', async () => {
  const { stdout } = await cli(['manifests', whole, '--json', '--only', 'STO,MAN', '--out', 'saved']);
  const record = z
    .looseObject({
      claims: z.array(z.looseObject({ name: z.string(), place: z.string() })),
      results: resultsSchema,
    })
    .parse(JSON.parse(stdout));
  expect(record.claims).toHaveLength(7);
  expect(record.claims[0]?.place).toMatch(/^whole\.yaml:\d+$/);
  const codes = record.results.checks.map(({ code }) => code.slice(0, 3));
  expect(new Set(codes)).toEqual(new Set(['STO', 'MAN']));
  const again = await cli(['gate', '--from', record.results.run.folder, '--json', '--only', 'STO,MAN']);
  const findings = resultsSchema.parse(JSON.parse(again.stdout)).checks.map((check) => check.findings);
  expect(findings).toEqual(record.results.checks.map((check) => check.findings));
});

test('no secret of the manifest is in the run’s folder', async () => {
  const secret = 'correct-horse-battery';
  const text = woodpecker.replaceAll('minioadmin', secret);
  expect(text).toContain(secret);
  await cli(['manifests', '-', '--out', 'secret'], text);
  const [run = ''] = readdirSync(path.join(folder, 'secret'));
  for (const name of readdirSync(path.join(folder, 'secret', run))) {
    expect(readFileSync(path.join(folder, 'secret', run, name), 'utf8')).not.toContain(secret);
  }
});

test('--images: one a line, each once, sorted; of several files and a folder', async () => {
  mkdirSync(path.join(folder, 'both'));
  file('both/a.yaml', woodpecker);
  file('both/b.yaml', renderLayout('kafka', { release: 'other' }));
  file('both/notes.txt', 'not: [a manifest');
  const { stdout, exitCode } = await cli(['manifests', '--images', 'both']);
  expect(exitCode).toBe(0);
  const images = stdout.split('\n');
  expect(images).toEqual([...new Set(images)].toSorted());
  expect(images).toContain('milvusdb/milvus:v2.6.2');
  expect(images.some((image) => image.includes('kafka'))).toBe(true);
});

test('--diff: exit code 1 where apply fails, and the field is named', async () => {
  const larger = file('larger.yaml', woodpecker.replaceAll('10Gi', '20Gi'));
  const { stdout, exitCode } = await cli(['manifests', '--diff', whole, larger]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /StatefulSet\/my-release-etcd \(larger\.yaml:\d+\): apply fails, spec\.volumeClaimTemplates/,
  );
  const same = await cli(['manifests', '--diff', whole, whole]);
  expect(same.exitCode).toBe(0);
});

test.each([
  [
    'empty.yaml',
    '# nothing\n',
    'empty.yaml: holds no Kubernetes object; expected what helm template prints.',
  ],
  [
    'binary.yaml',
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]),
    'binary.yaml: this is no text; expected Kubernetes objects in YAML or JSON.',
  ],
  ['tab.yaml', 'kind: A\nmetadata:\n\tname: a\n', /^tab\.yaml:3:\d+: not readable as YAML: .*\.$/],
  ['cut.yaml', woodpecker.slice(0, woodpecker.indexOf('kind: Deployment') + 400), /^cut\.yaml:\d+.*\.$/],
  [
    'other.yaml',
    'kind: ConfigMap\nmetadata: {name: a}\n',
    /^other\.yaml: no Milvus among its 1 objects for namespace default; expected .*\.$/,
  ],
  [
    'large.yaml',
    Buffer.alloc(33 * 2 ** 20, '# a comment\n'),
    /^large\.yaml: the manifest is larger than 32 MiB; .*\.$/,
  ],
])('%s is one line and exit code 3, and makes no report', async (name, text, line) => {
  const { stdout, stderr, exitCode } = await cli(['manifests', file(name, text), '--out', 'none']);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
  expect(stderr).toMatch(line);
  expect(stderr.split('\n')).toHaveLength(1);
  expect(readdirSync(folder)).not.toContain('none');
});
