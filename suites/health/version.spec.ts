import { describe, expect, test } from 'vitest';
import { observationOfLayout } from '../../fixtures/recordings/varied-layout.ts';
import type { LayoutName } from '../../fixtures/layouts/layouts.ts';
import type { Answer, MilvusServer } from '../../helpers/topology/observation.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { findingsOf } from '../testing/evidence.ts';
import { withEndpoints } from '../testing/running.ts';
import version from './version.test.ts';
import { releaseOf } from './version.ts';

test.each([
  ['v2.6.2', [2, 6, 2]],
  ['2.3.5-lite', [2, 3, 5]],
  ['v2.6.0-rc1', [2, 6, 0]],
  ['latest', undefined],
  ['2.6', undefined],
  ['2.6.20260101', [2, 6, 20260101]],
])('the release of %s', (text, release) => {
  expect(releaseOf(text)).toEqual(release);
});

function says(layout: LayoutName, milvus: Answer<MilvusServer>, image: string): readonly string[] {
  const observation = withEndpoints(observationOfLayout(layout, { version: image }), { milvus });
  return findingsOf('HLT-120', version, evidenceOf(observation)).map(
    ({ outcome, observed }) => `${outcome}: ${observed}`,
  );
}

function server(text: string): Answer<MilvusServer> {
  return { state: 'answered', value: { version: text, healthy: true, reasons: [], componentStates: [] } };
}

describe('the version that Milvus says', () => {
  test.each([
    ['v2.6.2', server('v2.6.2'), 'pass: The image is 2.6.2, Milvus says v2.6.2.'],
    ['2.6.2', server('2.6.2-lite'), 'pass: The image is 2.6.2, Milvus says 2.6.2-lite.'],
    ['2.6.2', server('v2.6.12'), 'fail: The image is 2.6.2, Milvus says v2.6.12.'],
    ['2.6.2', server('unknown'), 'inconclusive: The image is 2.6.2, Milvus says unknown.'],
    [
      '2.6.2',
      { state: 'failed', error: 'deadline exceeded after 5 s' } as const,
      'inconclusive: The Milvus API did not answer: deadline exceeded after 5 s',
    ],
  ])('image %s, answer %j', (image, answer, expected) => {
    expect(says('standalone', answer, image.replace(/^v/, ''))).toEqual([expected]);
  });
});

describe('the components of a version', () => {
  test.each<[LayoutName, string, readonly string[]]>([
    ['woodpecker', '2.6.2', []],
    ['pulsar-2.5', '2.5.16', []],
    ['standalone', '2.6.15', []],
    ['woodpecker', '2.5.16', ['Milvus 2.5.16 has no indexnode.']],
    [
      'woodpecker',
      '2.4.9',
      ['Milvus 2.4.9 has no indexnode.', 'Beside Milvus 2.4.9 runs streamingnode, with 1 replica.'],
    ],
    [
      'pulsar-2.5',
      '2.6.2',
      ['Milvus 2.6.2 has no streamingnode.', 'Beside Milvus 2.6.2 runs indexnode, with 1 replica.'],
    ],
  ])('%s as %s', (layout, release, expected) => {
    const evidence = evidenceOf(observationOfLayout(layout, { version: release }));
    const failing = findingsOf('HLT-130', version, evidence).filter(({ outcome }) => outcome === 'fail');
    expect(failing.map(({ observed }) => observed)).toEqual(expected);
  });
});
