import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { packageVersion } from '../engine/package.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const main = new URL('main.ts', import.meta.url);
const bin = new URL('../../bin/milvus-conformance.js', import.meta.url).pathname;
/** A machine without a kubeconfig and without colours. */
const environment = { HOME: folder, KUBECONFIG: '', NO_COLOR: '1', CI: '' };

/** Runs the command line from source, in an empty working directory. */
function cli(...args: string[]) {
  const script = `const { main } = await import(${JSON.stringify(main.href)}); await main(process.argv.slice(1));`;
  return execa(process.execPath, ['--input-type=module', '--eval', script, '--', ...args], {
    cwd: folder,
    reject: false,
    env: environment,
  });
}

test('help lists the commands, the exit codes and an example', async () => {
  const { stdout, exitCode } = await cli('--help');
  expect(exitCode).toBe(0);
  for (const text of [
    'gate',
    'discover',
    'manifests',
    'preflight',
    'checks',
    'demo',
    'Exit codes: 0 pass',
    '$ milvus-conformance demo',
  ]) {
    expect(stdout).toContain(text);
  }
});

test.each(['gate', 'discover', 'manifests', 'preflight', 'checks', 'demo'])(
  '%s --help has an example',
  async (command) => {
    const { stdout, exitCode } = await cli(command, '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\\n  \\$ (?:helm .*\\| )?milvus-conformance ${command}`));
  },
);

test('--version is the package’s', async () => {
  expect((await cli('--version')).stdout).toBe(packageVersion());
});

test.each([
  [['gat'], "unknown command 'gat' (Did you mean gate?)"],
  [['gate', '--onyl', 'STO'], "unknown option '--onyl' (Did you mean --only?)"],
  [['gate', '--out'], "option '--out <dir>' argument missing"],
  [
    ['gate', '--embedded', 'pulsr'],
    "--embedded: unknown layout 'pulsr'; expected woodpecker, woodpecker-service, kafka, pulsar, standalone, pulsar-2.5, kafka-2.3. Did you mean 'pulsar'?",
  ],
  [
    ['gate', '--config', 'none.yaml'],
    "--config: cannot read 'none.yaml' (ENOENT); expected an options file in YAML",
  ],
  [
    ['checks', 'STO-01'],
    "checks: 'STO-01' is no check; expected a code such as CFG-010 or an area (STO, WAL, STL, HLT, CFG, RTP, RES, UPG, MAN, PRE). Did you mean 'STO-010'?",
  ],
])('%j is bad usage: one line, exit code 3', async (args, line) => {
  const { stdout, stderr, exitCode } = await cli(...args);
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: '', stderr: line, exitCode: 3 });
});

test('an options file in the working directory is picked up, and its mistakes name file, line and column', async () => {
  const file = path.join(folder, 'milvus-conformance.yaml');
  writeFileSync(file, 'namespace: milvus\nread-only: true\n');
  const { stderr, exitCode } = await cli('gate');
  rmSync(file);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(
    /^milvus-conformance\.yaml:2:1: unknown key 'read-only'; .* Did you mean 'readOnly'\?$/,
  );
});

test('no cluster is exit code 4, said in one line, and reported', async () => {
  const { stdout, stderr, exitCode } = await cli('gate', '--out', 'none');
  expect(exitCode).toBe(4);
  expect(stdout).toContain('No Kubernetes configuration was found');
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
  const [run = ''] = readdirSync(path.join(folder, 'none'));
  const junit = readFileSync(path.join(folder, 'none', run, 'junit.xml'), 'utf8');
  expect(junit).toContain('<error message="No Kubernetes configuration was found');
});

test('a check is explained: what, why, and what to do', async () => {
  const { stdout, exitCode } = await cli('checks', 'sto-010');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^STO-010 {2}Every store/);
  expect(stdout).toContain('  why  ');
  expect(stdout).toContain('  what to do  ');
});

test('an old Node gets one line and exit code 4', async () => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`;
  const { stderr, exitCode } = await execa(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, bin, '--help'],
    { reject: false },
  );
  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/^milvus-conformance needs Node 22\.19 or newer; this is Node 20\.19\.0\. .*$/);
});

test('a clone that is not built says what to run', async () => {
  const clone = path.join(folder, 'clone');
  cpSync(bin, path.join(clone, 'bin', 'milvus-conformance.js'));
  writeFileSync(path.join(clone, 'package.json'), '{"type":"module"}');
  const { stderr, exitCode } = await execa(
    process.execPath,
    [path.join(clone, 'bin', 'milvus-conformance.js'), 'demo'],
    { reject: false },
  );
  expect(exitCode).toBe(4);
  expect(stderr).toContain('Run "npm run build" first.');
});
