import { beforeAll, describe, expect, test } from 'vitest';
import { ControlPlane } from '../../fixtures/broken/control-plane.ts';
import { layoutObjects } from '../../fixtures/layouts/layouts.ts';
import type { Topology } from '../topology/model.ts';
import { understand } from '../topology/understand.ts';
import { attribute } from './attribute.ts';
import type { Code } from './catalogue.ts';
import type { CodedFinding, Outcome, Subject } from './finding.ts';
import { podSubject } from './subjects.ts';

let topology: Topology;
let queryNode: string;

beforeAll(async () => {
  using plane = new ControlPlane('milvus');
  plane.apply(layoutObjects('kafka'));
  await plane.settle();
  topology = understand(plane.observe());
  queryNode = podOf('my-release-milvus-querynode');
});

function podOf(workload: string): string {
  const found = topology.components.find(({ workload: { metadata } }) => metadata.name === workload);
  return found?.workload.pods[0]?.metadata.name ?? '';
}

function finding(code: Code, subject: Subject, more: Partial<CodedFinding> = {}): CodedFinding {
  return { code, outcome: 'fail', subject, observed: `${code} is wrong.`, expected: 'right', ...more };
}

function claimPending(store: 'etcd' | 'minio', ordinal: number, outcome: Outcome = 'fail'): CodedFinding {
  const pod = `my-release-${store}-${ordinal}`;
  const claim = { kind: 'PersistentVolumeClaim', name: `${store === 'etcd' ? 'data' : 'export'}-${pod}` };
  return finding('STO-140', claim, { outcome, stops: [podSubject(pod)] });
}

const milvus = { kind: 'Milvus', name: 'my-release' };
const etcd = { kind: 'StatefulSet', name: 'my-release-etcd' };

/** `code kind/name: outcome`, with the cause's name where there is one. */
function told(findings: readonly CodedFinding[]): readonly string[] {
  return attribute(findings, topology).map(({ code, subject, outcome, followsFrom }) =>
    [
      `${code} ${subject.name}: ${outcome}`,
      ...(followsFrom === undefined ? [] : [`from ${followsFrom.subject.name}`]),
    ].join(' '),
  );
}

describe('one etcd member of three', () => {
  test('its pod and its workload follow; Milvus stands on its own', () => {
    expect(
      told([
        finding('HLT-140', milvus),
        finding('HLT-100', etcd),
        finding('HLT-070', podSubject('my-release-etcd-1'), { stops: [podSubject('my-release-etcd-1')] }),
        claimPending('etcd', 1),
      ]),
    ).toEqual([
      'HLT-140 my-release: fail',
      'HLT-100 my-release-etcd: skipped from data-my-release-etcd-1',
      'HLT-070 my-release-etcd-1: skipped from data-my-release-etcd-1',
      'STO-140 data-my-release-etcd-1: fail',
    ]);
  });

  test('a consequence says what it was, and from what it follows', () => {
    const [, pod] = attribute(
      [claimPending('etcd', 1), finding('HLT-070', podSubject('my-release-etcd-1'))],
      topology,
    );
    expect(pod).toEqual({
      code: 'HLT-070',
      outcome: 'skipped',
      subject: { kind: 'Pod', name: 'my-release-etcd-1' },
      observed: 'Follows from STO-140 on PersistentVolumeClaim/data-my-release-etcd-1: HLT-070 is wrong.',
      followsFrom: {
        code: 'STO-140',
        subject: { kind: 'PersistentVolumeClaim', name: 'data-my-release-etcd-1' },
      },
    });
  });
});

describe('two etcd members of three: the quorum is lost', () => {
  test('the last member, every component, the API and the history follow', () => {
    const findings = [
      claimPending('etcd', 1),
      claimPending('etcd', 2),
      finding('HLT-080', podSubject('my-release-etcd-0')),
      finding('HLT-060', podSubject(queryNode), { stops: [podSubject(queryNode)] }),
      finding('HLT-140', milvus, { outcome: 'inconclusive' }),
      finding('RTP-010', { kind: 'Collection', name: 'conformance' }),
    ];
    expect(told(findings)).toEqual([
      'STO-140 data-my-release-etcd-1: fail',
      'STO-140 data-my-release-etcd-2: fail',
      'HLT-080 my-release-etcd-0: skipped from data-my-release-etcd-2',
      `HLT-060 ${queryNode}: skipped from data-my-release-etcd-2`,
      'HLT-140 my-release: skipped from data-my-release-etcd-2',
      'RTP-010 conformance: skipped from data-my-release-etcd-2',
    ]);
  });
});

test.each([
  [[0], 'fail'],
  [[0, 1], 'skipped from export-my-release-minio-1'],
])('MinIO of four without %o: the API is %s', (ordinals, expected) => {
  const claims = ordinals.map((ordinal) => claimPending('minio', ordinal));
  expect(told([...claims, finding('HLT-140', milvus)]).at(-1)).toBe(`HLT-140 my-release: ${expected}`);
});

test('a missing store is the cause of what Milvus does', () => {
  const subject = { kind: 'Store', name: 'object' };
  expect(
    told([
      finding('HLT-330', { kind: 'Bucket', name: 'milvus-bucket' }),
      finding('HLT-060', podSubject(queryNode)),
      finding('STO-010', subject, { stops: [subject] }),
    ]),
  ).toEqual([
    'HLT-330 milvus-bucket: skipped from object',
    `HLT-060 ${queryNode}: skipped from object`,
    'STO-010 object: fail',
  ]);
});

test('a wrong answer is no consequence: nothing excuses it', () => {
  expect(
    told([
      claimPending('etcd', 0),
      claimPending('etcd', 1),
      finding('RTP-060', milvus),
      finding('RTP-070', milvus, { wrong: true }),
    ]),
  ).toEqual([
    'STO-140 data-my-release-etcd-0: fail',
    'STO-140 data-my-release-etcd-1: fail',
    'RTP-060 my-release: skipped from data-my-release-etcd-1',
    'RTP-070 my-release: fail',
  ]);
});

test('a role without any pod stops the API', () => {
  expect(
    told([
      finding('HLT-010', podSubject(queryNode), { stops: [podSubject(queryNode)] }),
      finding('HLT-100', { kind: 'Deployment', name: 'my-release-milvus-querynode' }),
      finding('RTP-050', milvus),
    ]),
  ).toEqual([
    `HLT-010 ${queryNode}: fail`,
    `HLT-100 my-release-milvus-querynode: skipped from ${queryNode}`,
    `RTP-050 my-release: skipped from ${queryNode}`,
  ]);
});

test('what is stored and configured is no consequence of what runs', () => {
  const both = [claimPending('etcd', 0), claimPending('etcd', 1)];
  expect(
    told([...both, finding('STO-040', etcd), finding('HLT-110', milvus), finding('HLT-130', milvus)]).slice(
      2,
    ),
  ).toEqual(['STO-040 my-release-etcd: fail', 'HLT-110 my-release: fail', 'HLT-130 my-release: fail']);
});

test('a cause that the judge names counts where that fails, and only there', () => {
  const followsFrom = { code: 'HLT-010', subject: podSubject(queryNode) } as const;
  const images = finding('HLT-110', milvus, { followsFrom });
  expect(told([images, finding('HLT-010', podSubject(queryNode))])).toEqual([
    `HLT-110 my-release: skipped from ${queryNode}`,
    `HLT-010 ${queryNode}: fail`,
  ]);
  const waived = finding('HLT-010', podSubject(queryNode), { outcome: 'waived' });
  expect(told([images, waived])[0]).toBe(`HLT-110 my-release: fail from ${queryNode}`);
  expect(told([images])[0]).toMatch(/^HLT-110 my-release: fail/);
});

test('a waived cause is named, and hides nothing', () => {
  expect(told([claimPending('etcd', 1, 'waived'), finding('HLT-100', etcd)])).toEqual([
    'STO-140 data-my-release-etcd-1: waived',
    'HLT-100 my-release-etcd: fail from data-my-release-etcd-1',
  ]);
});

test('what passes or warns is left as it is', () => {
  const both = [claimPending('etcd', 0), claimPending('etcd', 1)];
  const others = [
    finding('HLT-100', etcd, { outcome: 'pass' }),
    finding('STO-230', etcd, { outcome: 'warn' }),
  ];
  expect(attribute([...both, ...others], topology).slice(2)).toEqual(others);
});
