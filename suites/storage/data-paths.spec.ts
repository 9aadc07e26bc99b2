import { describe, expect, test } from 'vitest';
import { findingsOf as allFindings, outcomesOf } from '../../fixtures/broken/judged.ts';
import { observationOfLayout, type Variation } from '../../fixtures/recordings/varied-layout.ts';
import type { LayoutName } from '../../fixtures/layouts/layouts.ts';
import type { Expectations } from '../../helpers/engine/context.ts';
import type { CodedFinding } from '../../helpers/verdict/finding.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';

function judged(layout: LayoutName, variation: Variation = {}, expectations: Partial<Expectations> = {}) {
  return allFindings(evidenceOf(observationOfLayout(layout, variation), expectations));
}

function failing(findings: readonly CodedFinding[]): readonly CodedFinding[] {
  return findings.filter(({ outcome }) => outcome === 'fail');
}

const localWoodpecker = {
  settings: { woodpecker: { storage: { type: 'local', rootPath: '/woodpecker/data' } } },
};

describe('the traps', () => {
  test('1: local Woodpecker in a cluster writes to a path that no volume covers; the whole finding', () => {
    expect(failing(judged('woodpecker', localWoodpecker))).toEqual([
      {
        code: 'WAL-050',
        outcome: 'fail',
        subject: { kind: 'Deployment', name: 'my-release-milvus-streamingnode' },
        observed: expect.stringMatching(
          /^The Woodpecker log \(\/woodpecker\/data\) is on the container’s own layer: no volume is mounted there\.$/,
        ),
        expected: expect.stringMatching(
          /^A claim mounted over \/woodpecker\/data: because .*woodpecker\.storage\.type is local.*ReadWriteMany\)\.$/,
        ),
        evidence: [
          {
            at: 'Deployment/my-release-milvus-streamingnode container streamingnode, path /woodpecker/data',
            text: 'the container’s own layer: no volume is mounted there',
          },
          { at: 'Required', text: expect.stringMatching(/^Because mq\.type is woodpecker/) },
          {
            at: expect.stringMatching(/^woodpecker\.yaml:\d+$/),
            text: 'Deployment/my-release-milvus-streamingnode',
          },
        ],
      },
    ]);
  });

  test('2: local objects in standalone lie on the emptyDir over the claim', () => {
    const findings = judged('standalone', { settings: { common: { storageType: 'local' } } });
    expect(outcomesOf(findings).fail).toEqual(['STO-080']);
    expect(failing(findings)[0]?.observed).toMatch(
      /^Every segment and index \(\/var\/lib\/milvus\/data\) is on emptyDir \S+, mounted at \/var\/lib\/milvus\/data\.$/,
    );
  });

  test('3: the Woodpecker service writes beside its claim', () => {
    const edits = [['/woodpecker/data', '/var/lib/milvus/wp']] as const;
    const mounted = judged('woodpecker-service', { edits });
    expect(outcomesOf(mounted).fail).toEqual([]);
    const settings = { woodpecker: { storage: { rootPath: '/var/lib/milvus/wp' } } };
    const findings = judged('woodpecker-service', { settings });
    expect(outcomesOf(findings).fail).toEqual(['WAL-050']);
  });
});

describe('the strict reading', () => {
  test('by default it is not asked for, and says so', () => {
    const strict = judged('woodpecker').find(({ code }) => code === 'WAL-120');
    expect(strict).toMatchObject({
      outcome: 'skipped',
      observed: 'Not asked for: claims are required as the configuration makes them necessary.',
    });
  });

  test('always: the healthy install fails for its streaming node', () => {
    const findings = judged('woodpecker', {}, { requireLogClaim: 'always' });
    expect(outcomesOf(findings).fail).toEqual(['WAL-120']);
    expect(failing(findings)[0]?.observed).toMatch(/of the streamingnode is on emptyDir woodpecker/);
  });

  test.each(['kafka', 'pulsar', 'woodpecker-service'] as const)(
    'always: %s has claims for its log',
    (layout) => {
      const findings = judged(layout, {}, { requireLogClaim: 'always' });
      expect(outcomesOf(findings).fail).toEqual([]);
    },
  );
});

describe('stores outside the cluster', () => {
  const external = {
    settings: { etcd: { endpoints: ['etcd.example.com:2379'] }, minio: { address: 's3.example.com' } },
  };

  test('are named and waived by rule, and nothing of them is judged', () => {
    const findings = judged('kafka', external);
    expect(outcomesOf(findings).fail).toEqual([]);
    const named = findings.filter(({ code, outcome }) => code === 'STO-010' && outcome === 'skipped');
    expect(named.map(({ subject, observed }) => [subject.name, observed])).toEqual([
      [
        'metadata',
        expect.stringMatching(/^Waived by rule: etcd is outside the cluster, at etcd\.example\.com/),
      ],
      ['object', expect.stringMatching(/^Waived by rule: s3 is outside the cluster, at s3\.example\.com/)],
    ]);
  });

  test('the log in an external bucket is a pass that says so', () => {
    const home = judged('woodpecker', external).find(({ code }) => code === 'WAL-020');
    expect(home?.outcome).toBe('pass');
    expect(home?.observed).toMatch(/the log is in the bucket.*That object store is outside the cluster/);
  });
});

test('an address that leads nowhere is a missing store, and what relies on it names no second failure', () => {
  const findings = judged('woodpecker', { settings: { etcd: { endpoints: ['nosuch-etcd:2379'] } } });
  expect(outcomesOf(findings).fail).toEqual(['STO-010']);
});
