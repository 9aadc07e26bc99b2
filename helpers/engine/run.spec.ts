import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plainProgress } from '../report/progress.ts';
import { resultsSchema, type Results } from '../report/results.ts';
import { kinds, type Observation } from '../topology/observation.ts';
import { catalogue } from '../verdict/catalogue.ts';
import { Interrupted } from './interrupt.ts';
import { runGate } from './run.ts';
import { everything } from './selection.ts';
import type { GateSettings } from './settings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const labels = { 'app.kubernetes.io/instance': 'tiny', component: 'standalone' };
const spec = {
  containers: [{ name: 'milvus', image: 'milvusdb/milvus:v2.6.2', command: ['milvus', 'run', 'standalone'] }],
};

/** A standalone Milvus without stores: enough to be understood, and to fail. */
const observation: Observation = {
  schemaVersion: 1,
  takenAt: '2026-11-25T10:00:00Z',
  source: { kind: 'recording', name: 'tiny' },
  namespace: 'milvus',
  objects: {
    Pod: [],
    PersistentVolumeClaim: [],
    PersistentVolume: [],
    StorageClass: [],
    Deployment: [
      {
        metadata: { name: 'tiny-standalone', labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: { metadata: { name: '', labels }, spec },
        },
      },
    ],
    StatefulSet: [],
    ReplicaSet: [],
    Service: [],
    ConfigMap: [],
    Event: [],
    Milvus: [],
  },
  reads: Object.fromEntries(
    kinds.map((kind) => [kind, { state: 'read', requests: 1, durationMs: 1 }]),
  ) as Observation['reads'],
};

function saved(name: string, text: string): string {
  const saved = path.join(folder, name);
  mkdirSync(saved);
  writeFileSync(path.join(saved, 'observation.json'), text);
  return saved;
}

const tiny = saved('tiny', JSON.stringify(observation));

/** A deployment that is there is judged by these; the others are of other commands. */
const ofClusters = Object.keys(catalogue).filter((code) => !/^(MAN|PRE|RES|UPG)-/.test(code));

function settings(from: string, over: Partial<GateSettings> = {}): GateSettings {
  return {
    destination: { kind: 'saved', folder: from },
    namespace: undefined,
    instance: undefined,
    out: path.join(folder, 'out'),
    selection: everything,
    readOnly: true,
    thorough: false,
    seed: undefined,
    expectations: { requireLogClaim: 'configuration', restartWindowMs: 600_000 },
    waivers: [],
    ...over,
  };
}

function gate(run: GateSettings, signal = new AbortController().signal): Promise<Results> {
  return runGate(
    run,
    plainProgress(() => undefined),
    signal,
  );
}

test('a saved observation is judged by every suite, and every report is written', async () => {
  const results = await gate(settings(tiny));
  expect(results.checks.map(({ code }) => code)).toEqual(ofClusters);
  expect(results).toMatchObject({
    verdict: 'fail',
    exitCode: 1,
    run: { complete: true },
    target: { simulation: false, namespace: 'milvus', instance: { name: 'tiny', version: '2.6.2' } },
  });
  const files = readdirSync(results.run.folder);
  expect(files.toSorted()).toEqual(['junit.xml', 'observation.json', 'results.json', 'summary.md']);
  const written = readFileSync(path.join(results.run.folder, 'results.json'), 'utf8');
  expect(resultsSchema.parse(JSON.parse(written))).toEqual(results);
});

test('the folder of a run can be judged again, with the same findings', async () => {
  const first = await gate(settings(tiny));
  const second = await gate(settings(first.run.folder));
  expect(second.run.id).not.toBe(first.run.id);
  expect(second.checks.map(({ findings }) => findings)).toEqual(first.checks.map(({ findings }) => findings));
});

test('only what is selected is judged, and what was left out is listed', async () => {
  const results = await gate(settings(tiny, { selection: { only: ['STO'], skip: ['STO-010'] } }));
  const codes = ofClusters.filter((code) => code.startsWith('STO-') && code !== 'STO-010');
  expect(results.checks.map(({ code }) => code)).toEqual(codes);
  expect(results.notSelected).toHaveLength(ofClusters.length - codes.length);
});

test('a waived failure does not fail the gate, and a waiver without effect is said', async () => {
  const { checks } = await gate(settings(tiny));
  const code = checks.find(({ outcome }) => outcome === 'fail')?.code ?? '';
  const selection = { only: [code], skip: [] };
  expect(await gate(settings(tiny, { selection }))).toMatchObject({ exitCode: 1 });
  const waivers = [
    { code: code as keyof typeof catalogue, subject: '*', reason: 'known' },
    { code: 'STO-020', subject: '*', reason: 'stale' },
  ] as const;
  const results = await gate(settings(tiny, { selection, waivers }));
  expect(results.checks.map(({ outcome }) => outcome)).toEqual(['waived']);
  expect(results.exitCode).toBe(0);
  expect(results.ineffectiveWaivers).toMatchObject([{ code: 'STO-020', reason: 'stale' }]);
});

test('an instance that is not there is bad usage, and is reported', async () => {
  const results = await gate(settings(tiny, { instance: 'other' }));
  expect(results).toMatchObject({
    verdict: 'inconclusive',
    exitCode: 3,
    problem: { kind: 'usage' },
    checks: [],
  });
  expect(readFileSync(path.join(results.run.folder, 'junit.xml'), 'utf8')).toContain('<error message=');
});

test.each([
  ['cut off', '{"schemaVersion":1,', /observation\.json is not JSON/],
  [
    'of another shape',
    JSON.stringify({ ...observation, namespace: 7 }),
    /'namespace' is not what this version saves/,
  ],
])('an observation that is %s is bad usage', async (name, text, message) => {
  const results = await gate(settings(saved(name.replaceAll(' ', '-'), text)));
  expect(results.exitCode).toBe(3);
  expect(results.problem?.message).toMatch(message);
});

test('a broken history is a fault of the run, never a pass', async () => {
  const broken = path.join(folder, 'broken-history');
  cpSync(tiny, broken, { recursive: true });
  writeFileSync(path.join(broken, 'history.jsonl'), 'no JSON\n');
  const results = await gate(settings(broken));
  expect(results).toMatchObject({ verdict: 'inconclusive', exitCode: 2, run: { complete: false } });
  expect(results.problem?.message).toContain('history.jsonl line 1 is not JSON');
});

test('a run that is cut short is reported, incomplete, and never green', async () => {
  const controller = new AbortController();
  controller.abort(new Interrupted('The run was cut short by SIGINT.'));
  const results = await gate(settings(tiny), controller.signal);
  expect(results).toMatchObject({
    verdict: 'inconclusive',
    exitCode: 2,
    run: { complete: false },
    problem: { kind: 'interrupted', message: 'The run was cut short by SIGINT.' },
  });
  expect(results.counts.pass).toBe(0);
});
