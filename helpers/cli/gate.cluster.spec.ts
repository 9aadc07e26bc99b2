import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { resultsSchema, type Results } from '../report/results.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const main = new URL('main.ts', import.meta.url);

/** Starts the command line from source; what it leaves in its temporary folder is seen. */
function start(name: string, ...args: string[]) {
  const temporary = mkdtempSync(path.join(folder, `${name}-tmp-`));
  const script = `const { main } = await import(${JSON.stringify(main.href)}); await main(process.argv.slice(1));`;
  const child = execa(process.execPath, ['--input-type=module', '--eval', script, '--', ...args], {
    cwd: folder,
    reject: false,
    env: { HOME: folder, KUBECONFIG: '', NO_COLOR: '1', CI: '1', TMPDIR: temporary },
  });
  return { child, left: () => readdirSync(temporary) };
}

function report(out: string, file: string): string {
  const [run = ''] = readdirSync(path.join(folder, out));
  return readFileSync(path.join(folder, out, run, file), 'utf8');
}

function outcomes(results: Results): Record<string, string> {
  return Object.fromEntries(results.checks.map(({ code, outcome }) => [code, outcome]));
}

test('gate --embedded passes, says on every page that it is a simulation, and leaves nothing', async () => {
  const { child, left } = start('live', 'gate', '--embedded', '--out', 'live', '--json');
  const { stdout, stderr, exitCode } = await child;
  expect(stderr).toContain('Round trip: seed');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  const live = resultsSchema.parse(JSON.parse(stdout));
  expect(live).toMatchObject({
    verdict: 'pass',
    run: { complete: true, readOnly: false },
    target: { simulation: true, instance: { mode: 'cluster', logType: 'woodpecker' } },
  });
  expect(outcomes(live)).toMatchObject({ 'RTP-060': 'pass', 'STO-110': 'pass', 'HLT-220': 'pass' });
  for (const file of ['junit.xml', 'summary.md']) {
    expect(report('live', file)).toContain('embedded cluster: a simulation');
  }
  expect(left()).toEqual([]);

  const again = await start('again', 'gate', '--from', live.run.folder, '--out', 'again', '--json').child;
  const judgedAgain = resultsSchema.parse(JSON.parse(again.stdout));
  const findings = (results: Results) => results.checks.map((check) => [check.code, check.findings]);
  expect(findings(judgedAgain)).toEqual(findings(live));
  expect(judgedAgain.run.seed).toBe(live.run.seed);
});

test.for([
  ['the cluster starts', 'embedded', {}],
  // As far as it went, it is judged.
  ['the round trip is made', 'Ask etcd', { 'STO-110': 'pass', 'RTP-060': 'inconclusive' }],
] as const)(
  'Ctrl-C while %s: reports are written, the verdict is not green, nothing is left',
  async (row) => {
    const [name, said, judged] = row;
    const { child, left } = start('cut', 'gate', '--embedded', '--out', name);
    const interrupt = (chunk: Buffer) => {
      if (!chunk.toString().includes(said)) return;
      child.stderr.off('data', interrupt);
      child.kill('SIGINT');
    };
    child.stderr.on('data', interrupt);
    const { stdout, exitCode } = await child;
    expect(exitCode).toBe(2);
    expect(stdout).toContain('The run was cut short by SIGINT.');
    expect(report(name, 'junit.xml')).toContain('type="interrupted"');
    const results = resultsSchema.parse(JSON.parse(report(name, 'results.json')));
    expect(results.run.complete).toBe(false);
    expect(outcomes(results)).toMatchObject(judged);
    expect(left()).toEqual([]);
  },
);
