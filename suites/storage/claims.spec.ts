import { beforeAll, describe, expect, test } from 'vitest';
import { ControlPlane } from '../../fixtures/broken/control-plane.ts';
import { findingsOf as allFindings } from '../../fixtures/broken/judged.ts';
import { layoutObjects } from '../../fixtures/layouts/layouts.ts';
import type { Claim, Pod } from '../../helpers/topology/objects.ts';
import type { Observation } from '../../helpers/topology/observation.ts';
import type { CodedFinding } from '../../helpers/verdict/finding.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { changed } from '../testing/evidence.ts';

const claim = 'data-my-release-etcd-1';
const pod = 'my-release-etcd-1';
let observation: Observation;

beforeAll(async () => {
  using plane = new ControlPlane('milvus');
  plane.apply(layoutObjects('woodpecker'));
  await plane.settle();
  observation = plane.observe();
});

/** What is not well about one claim and its pod: `outcome code: observed`. */
function troublesOf(seen: Observation): readonly string[] {
  return troubles(allFindings(evidenceOf(seen))).map(
    ({ outcome, code, observed }) => `${outcome} ${code}: ${observed}`,
  );
}

function troubles(findings: readonly CodedFinding[]): readonly CodedFinding[] {
  return findings.filter(
    ({ outcome, code, subject }) =>
      (outcome === 'fail' || outcome === 'warn' || outcome === 'inconclusive') &&
      code !== 'STO-230' &&
      (subject.name === claim || subject.name === pod),
  );
}

function withClaim(change: (object: Claim) => Claim): Observation {
  return changed(observation, 'PersistentVolumeClaim', claim, change);
}

function sized(request: string, capacity: string, conditions?: { type: string; status: string }[]) {
  return withClaim((object) => ({
    ...object,
    spec: { ...object.spec, resources: { requests: { storage: request } } },
    status: { ...object.status, capacity: { storage: capacity }, ...(conditions && { conditions }) },
  }));
}

const pending = (object: Claim): Claim => ({ ...object, status: { phase: 'Pending' } });

test('a healthy claim has nothing', () => {
  expect(troublesOf(observation)).toEqual([]);
});

describe('sizes', () => {
  const template = 'the template of StatefulSet/my-release-etcd states 10Gi.';
  test.each([
    ['10Gi', '10737418240', []],
    ['10Gi', '10G', ['fail STO-170: Capacity 10G, request 10Gi.']],
    ['8Gi', '8Gi', [`fail STO-180: The claim asks for 8Gi; ${template}`]],
    ['20Gi', '20Gi', [`warn STO-180: The claim asks for 20Gi; ${template}`]],
  ])('request %s, capacity %s', (request, capacity, expected) => {
    expect(troublesOf(sized(request, capacity))).toEqual(expected);
  });

  test('a resize under way is said once, not as a capacity that is too small', () => {
    const conditions = [{ type: 'FileSystemResizePending', status: 'True' }];
    expect(troublesOf(sized('20Gi', '10Gi', conditions))).toEqual([
      `warn STO-180: The claim asks for 20Gi; ${template}`,
      'fail STO-210: Being resized from 10Gi to 20Gi.',
    ]);
  });
});

test('a volume that is another claim’s: the whole finding', () => {
  const { spec, metadata } = observation.objects.PersistentVolumeClaim.find(
    (each) => each.metadata.name === claim,
  ) ?? {
    spec: {},
    metadata: { name: '' },
  };
  const volume = spec.volumeName ?? '';
  const seen = changed(observation, 'PersistentVolume', volume, (object) => ({
    ...object,
    spec: { ...object.spec, claimRef: { namespace: 'milvus', name: claim, uid: 'an-older-one' } },
  }));
  expect(troubles(allFindings(evidenceOf(seen)))).toEqual([
    {
      code: 'STO-130',
      outcome: 'fail',
      subject: { kind: 'PersistentVolumeClaim', name: claim },
      observed: `Its volume ${volume} is another claim’s: milvus/${claim}, uid an-older-one.`,
      expected: `A volume in phase Bound whose claimRef is milvus/${claim}, uid ${metadata.uid}.`,
      evidence: [
        { at: `PersistentVolume/${volume} spec.claimRef`, text: `milvus/${claim}, uid an-older-one` },
      ],
      stops: [],
    },
  ]);
});

describe('a claim that waits for its first consumer', () => {
  function unscheduled(message: string): Observation {
    return changed(withClaim(pending), 'Pod', pod, (object: Pod) => ({
      ...object,
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
      },
    }));
  }

  test('is no failure of its own where its pod finds no node', () => {
    expect(troublesOf(unscheduled('0/1 nodes are available: 1 Insufficient cpu.'))).toEqual([
      'fail HLT-070: No node can take the pod: Unschedulable.',
    ]);
  });

  test('is the cause where its pod waits for a volume', () => {
    const message = '0/1 nodes are available: 1 node(s) did not find available persistent volumes to bind.';
    expect(troublesOf(unscheduled(message))).toEqual([
      'fail STO-120: The claim is Pending: it binds when a pod that uses it is scheduled (WaitForFirstConsumer).',
    ]);
  });
});

test('a claim without a class, where none is the default', () => {
  const seen = withClaim((object) => {
    const { storageClassName: _, ...spec } = object.spec;
    return { ...pending(object), spec };
  });
  const StorageClass = seen.objects.StorageClass.map((each) => ({
    ...each,
    metadata: { name: each.metadata.name },
  }));
  expect(troublesOf({ ...seen, objects: { ...seen.objects, StorageClass } })).toEqual([
    'fail STO-140: The claim is Pending: it names no storage class, and no class is the default.',
  ]);
});
