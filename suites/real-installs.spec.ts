import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../fixtures/broken/judged.ts';
import { loadRecording, type RecordingName } from '../fixtures/recordings/load.ts';
import { observationOfManifest } from '../helpers/topology/manifest.ts';
import type { Observation } from '../helpers/topology/observation.ts';
import type { CodedFinding } from '../helpers/verdict/finding.ts';
import { evidenceOf } from '../helpers/verdict/testing/evidence-of.ts';

const recordings = process.env['RECORDINGS'];
const manifests = process.env['CHART_MANIFESTS'];

function manifest(name: string): Observation {
  return observationOfManifest(readFileSync(join(manifests ?? '', name), 'utf8'), { file: name });
}

function codesOf(outcome: string, findings: readonly CodedFinding[]): readonly string[] {
  return [...new Set(findings.filter((each) => each.outcome === outcome).map(({ code }) => code))];
}

function observed(code: string, findings: readonly CodedFinding[]): readonly string[] {
  return findings.filter((each) => each.code === code).map((each) => `${each.outcome}: ${each.observed}`);
}

/** The volumes were recorded at another moment than the operator's claims: here nobody read them. */
function withoutVolumes(observation: Observation): Observation {
  return { ...observation, reads: { ...observation.reads, PersistentVolume: { state: 'absent' } } };
}

describe.skipIf(recordings === undefined)('recorded clusters (RECORDINGS)', () => {
  function judged(name: RecordingName): readonly CodedFinding[] {
    return findingsOf(evidenceOf(withoutVolumes(loadRecording(recordings ?? '', name))));
  }

  test('an operator’s deployment that runs fails nothing', () => {
    const findings = judged('operator');
    expect(codesOf('fail', findings)).toEqual([]);
    expect(codesOf('inconclusive', findings)).toEqual([]);
    expect(codesOf('warn', findings)).toEqual(['CFG-040', 'CFG-050']);
  });

  test('its Deployments with zero replicas are normal', () => {
    expect(observed('STL-060', judged('operator'))).toContain(
      'pass: Replicas of the querynode: Deployment/vectors-milvus-querynode-0 (1), Deployment/vectors-milvus-querynode-1 (0).',
    );
  });

  test('Kafka’s restart before ZooKeeper was Ready is told apart', () => {
    expect(observed('HLT-090', judged('operator'))).toContain(
      'pass: Restarted once, last at 2026-11-24T23:43:11Z (Error, exit code 1): at its first start, before or just as its ' +
        'stores were Ready (2026-11-24T23:43:13.000Z).',
    );
  });

  test('images that cannot be pulled are the one cause of everything else', () => {
    const findings = judged('operator26');
    expect(codesOf('fail', findings)).toEqual(['HLT-010']);
    const workload = findings.find(
      ({ code, subject }) => code === 'HLT-100' && subject.name === 'books-milvus-streamingnode',
    );
    expect(workload).toMatchObject({ outcome: 'skipped', followsFrom: { code: 'HLT-010' } });
  });
});

describe.skipIf(recordings === undefined || manifests === undefined)('the recorded 2.3.5 cluster', () => {
  test('passes with the volumes that it was recorded with (RECORDINGS, CHART_MANIFESTS)', () => {
    const { ConfigMap } = manifest('v2.3.5-kafka.yaml').objects;
    const findings = findingsOf(evidenceOf(loadRecording(recordings ?? '', 'list', ConfigMap)));
    expect(codesOf('fail', findings)).toEqual([]);
    expect(codesOf('inconclusive', findings)).toEqual([]);
    expect(observed('STO-130', findings)).toHaveLength(9);
    expect(observed('STO-130', findings).every((text) => text.startsWith('pass: Bound to pvc-'))).toBe(true);
  });
});

describe.skipIf(manifests === undefined)('rendered charts (CHART_MANIFESTS)', () => {
  test.each([
    ['v2.3.5-kafka.yaml', /^pass: The log is on 2 claims: data-lab-kafka-0, data-lab-zookeeper-0\.$/],
    ['v2.5-pulsar.yaml', /^pass: The log is on 9 claims: /],
    ['v2.6.2-default.yaml', /^pass: The log is on 9 claims: /],
    ['v2.6.2-kafka.yaml', /^pass: The log is on 6 claims: /],
    [
      'v2.6.2-woodpecker.yaml',
      /^pass: Because mq\.type is woodpecker .* the log is in the bucket: MinIO's claims carry it/,
    ],
    ['v2.6.15-woodpecker-service.yaml', /^pass: The log is on 4 claims: woodpecker-storage-/],
    ['v2.6.15-standalone.yaml', /^pass: Because mq\.type is woodpecker .* the log is in the bucket/],
  ])('%s fails nothing, and its log has a home', (name, home) => {
    const findings = findingsOf(evidenceOf(manifest(name)));
    expect(codesOf('fail', findings)).toEqual([]);
    expect(codesOf('inconclusive', findings)).toEqual([]);
    expect(observed('WAL-020', findings)).toEqual([expect.stringMatching(home)]);
  });
});
