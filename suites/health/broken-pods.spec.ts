import { expect, test } from 'vitest';
import { observationOfLayout } from '../../fixtures/recordings/varied-layout.ts';
import type { Evidence } from '../../helpers/engine/context.ts';
import type { Read } from '../../helpers/topology/observation.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { findingsOf, recordedItems } from '../testing/evidence.ts';
import pods from './pods.test.ts';

const recordings = process.env['RECORDINGS'];
const folder = recordings ?? '';
const read: Read = { state: 'read', requests: 1, durationMs: 0 };
const codes: readonly Code[] = [
  'HLT-010',
  'HLT-020',
  'HLT-030',
  'HLT-040',
  'HLT-050',
  'HLT-060',
  'HLT-070',
  'HLT-080',
];

/** A standalone whose pods are the recorded ones. */
function brokenEvidence(events: Read = read): Evidence {
  const layout = observationOfLayout('standalone');
  const brokenPods = recordedItems('Pod', folder, 'broken');
  const evidence = evidenceOf({
    ...layout,
    takenAt: '2026-11-24T23:16:42Z',
    objects: { ...layout.objects, Event: recordedItems('Event', folder, 'broken') },
    reads: { ...layout.reads, Pod: read, Event: events },
  });
  const components = evidence.topology.components.map((component) => ({
    ...component,
    workload: { ...component.workload, pods: brokenPods },
  }));
  return { ...evidence, topology: { ...evidence.topology, components } };
}

test.skipIf(recordings === undefined)(
  'each recorded pod fails exactly the check of its fault (RECORDINGS)',
  () => {
    const evidence = brokenEvidence();
    const failing = codes.flatMap((code) =>
      findingsOf(code, pods, evidence)
        .filter(({ outcome }) => outcome === 'fail')
        .map(({ subject }) => `${code} ${subject.name}`),
    );
    expect(failing).toEqual([
      'HLT-010 no-such-image',
      'HLT-020 bad-image-name',
      'HLT-030 missing-configmap',
      'HLT-040 out-of-memory',
      'HLT-050 liveness-fails',
      'HLT-060 crashes',
      'HLT-060 init-fails',
      'HLT-070 too-big',
      'HLT-070 wants-missing-claim',
      'HLT-070 wants-no-such-class',
      'HLT-080 never-ready',
      'HLT-080 wants-rwx',
    ]);
  },
);

test.skipIf(recordings === undefined)(
  'the whole finding of an image that cannot be pulled (RECORDINGS)',
  () => {
    const found = findingsOf('HLT-010', pods, brokenEvidence()).find(({ outcome }) => outcome === 'fail');
    expect(found).toMatchObject({
      code: 'HLT-010',
      outcome: 'fail',
      subject: { kind: 'Pod', name: 'no-such-image', container: 'c' },
      expected: 'An image that the node can pull.',
      stops: [{ kind: 'Pod', name: 'no-such-image' }],
    });
    expect(found?.observed).toMatch(/^Container c waits: ImagePullBackOff, image \S+\/none:1\.$/);
    expect(found?.evidence?.[0]?.at).toBe('Pod/no-such-image container c state.waiting');
    expect(found?.evidence?.[0]?.text).toMatch(/^Back-off pulling image .*i\/o timeout$/);
  },
);

test.skipIf(recordings === undefined)('a liveness failure quotes the probe and the kill (RECORDINGS)', () => {
  const found = findingsOf('HLT-050', pods, brokenEvidence()).find(({ outcome }) => outcome === 'fail');
  expect(found).toMatchObject({
    observed:
      'Container c was restarted 5 times; it ended last at 2026-11-24T23:16:03Z with exit code 137 (Error).',
    evidence: [
      { at: 'Pod/liveness-fails container c state' },
      { at: 'Event of Pod/liveness-fails: Unhealthy (12 times)', text: 'Liveness probe failed: ' },
      {
        at: 'Event of Pod/liveness-fails: Killing (6 times)',
        text: 'Container c failed liveness probe, will be restarted',
      },
    ],
  });
});

test.skipIf(recordings === undefined)('an unscheduled pod quotes the scheduler (RECORDINGS)', () => {
  const found = findingsOf('HLT-070', pods, brokenEvidence()).find(({ outcome }) => outcome === 'fail');
  expect(found?.evidence).toEqual([
    {
      at: 'Pod/too-big status.conditions[PodScheduled]',
      text:
        '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. no new claims to deallocate, ' +
        'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    },
  ]);
});

test.skipIf(recordings === undefined)(
  'without leave to read events a restarted pod is inconclusive (RECORDINGS)',
  () => {
    const refused: Read = { state: 'refused', status: 403, message: 'events is forbidden' };
    const found = findingsOf('HLT-050', pods, brokenEvidence(refused));
    expect(
      found.filter(({ outcome }) => outcome === 'inconclusive').map(({ subject }) => subject.name),
    ).toEqual(['crashes', 'init-fails', 'liveness-fails', 'out-of-memory']);
    expect(found.some(({ outcome }) => outcome === 'fail')).toBe(false);
  },
);
