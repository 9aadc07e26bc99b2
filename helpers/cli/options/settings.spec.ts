import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../../engine/usage-error.ts';
import { settingsFrom } from './settings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
const manifest = path.join(folder, 'milvus.yaml');
writeFileSync(manifest, '');
afterAll(() => rmSync(folder, { recursive: true }));

test('without flags and file it is the current context, everything is judged, reports go to reports/', () => {
  expect(settingsFrom({}, {})).toEqual({
    destination: { kind: 'cluster' },
    namespace: undefined,
    instance: undefined,
    out: 'reports',
    selection: { only: [], skip: [] },
    readOnly: false,
    thorough: false,
    seed: undefined,
    expectations: { requireLogClaim: 'configuration', restartWindowMs: 600_000 },
    waivers: [],
  });
});

test('flags win over the file', () => {
  const settings = settingsFrom(
    { namespace: 'one', only: ['sto,wal-010'] },
    { namespace: 'two', only: ['HLT'], out: 'elsewhere', readOnly: true },
  );
  expect(settings).toMatchObject({
    namespace: 'one',
    selection: { only: ['STO', 'WAL-010'], skip: [] },
    out: 'elsewhere',
    readOnly: true,
    thorough: false,
  });
});

test('a flag that says where to look puts the file’s place aside', () => {
  expect(settingsFrom({ embedded: true }, { manifest, context: 'production' }).destination).toEqual({
    kind: 'embedded',
    layout: 'woodpecker',
  });
  expect(settingsFrom({}, { manifest }).destination).toEqual({ kind: 'manifest', file: manifest });
});

test('the strict reading of the log’s claim comes from the file', () => {
  expect(settingsFrom({}, { wal: { requireClaim: 'always' } }).expectations.requireLogClaim).toBe('always');
});

test.each([
  [
    { embedded: 'kafak' },
    "--embedded: unknown layout 'kafak'; expected woodpecker, woodpecker-service, kafka, pulsar, standalone, pulsar-2.5, kafka-2.3. Did you mean 'kafka'?",
  ],
  [
    { embedded: true as const, kubeconfig: 'x' },
    '--embedded and --kubeconfig each say where to look; expected one of them',
  ],
  [
    { manifest: '/nowhere.yaml' },
    "--manifest: '/nowhere.yaml' does not exist; expected a file of Kubernetes objects in YAML",
  ],
  [{ from: '/nowhere' }, "--from: '/nowhere' does not exist; expected the folder of an earlier run"],
  [{ from: folder }, `--from: '${folder}' holds no observation.json; expected the folder of an earlier run`],
  [
    { only: ['STO', 'WAL-01'] },
    "--only: 'WAL-01' matches no check; expected a code such as CFG-010 or an area (CFG, STO, WAL, STL, HLT, RTP, RES, UPG, MAN, PRE). Did you mean 'WAL-010'? \"milvus-conformance checks\" lists them all.",
  ],
  [
    { only: ['STO'], skip: ['STO'] },
    '--only STO and --skip STO leave no check to run; expected at least one.',
  ],
])('%j is refused', (flags, message) => {
  expect(() => settingsFrom(flags, {})).toThrow(new UsageError(message));
});
