import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kinds, type Observation } from '../topology/observation.ts';
import { readObservation, writeObservation } from './saved-observation.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'observation-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('an observation that was saved is read back as the same thing', async () => {
  const none = Object.fromEntries(kinds.map((kind) => [kind, []]));
  const objects = { ...none, ConfigMap: [{ metadata: { name: 'a' } }, { metadata: { name: 'b"\n' } }] };
  const observation = {
    schemaVersion: 1,
    takenAt: '2026-11-25T10:00:00Z',
    source: { kind: 'cluster', context: 'c', kubernetes: 'v1.34.4' },
    namespace: 'milvus',
    objects: objects as unknown as Observation['objects'],
    reads: Object.fromEntries(kinds.map((kind) => [kind, { state: 'absent' }])) as Observation['reads'],
  } satisfies Observation;
  const file = path.join(folder, 'observation.json');
  await writeObservation(file, observation);
  expect(await readObservation(file)).toEqual(observation);
  expect(readdirSync(folder)).toEqual(['observation.json']);
});
