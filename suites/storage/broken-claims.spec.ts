import { expect, test } from 'vitest';
import { observationOfLayout } from '../../fixtures/recordings/varied-layout.ts';
import type { Evidence } from '../../helpers/engine/context.ts';
import type { Read } from '../../helpers/topology/observation.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import type { CodedFinding } from '../../helpers/verdict/finding.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { findingsOf, recordedItems } from '../testing/evidence.ts';
import binding from './claim-binding.test.ts';

const recordings = process.env['RECORDINGS'];
const folder = recordings ?? '';
const read: Read = { state: 'read', requests: 1, durationMs: 0 };
const codes: readonly Code[] = ['STO-110', 'STO-120', 'STO-140', 'STO-150'];
const users: Readonly<Record<string, string>> = {
  'no-such-class': 'wants-no-such-class',
  'rwx-not-offered': 'wants-rwx',
  'never-made': 'wants-missing-claim',
};

/** etcd of a standalone, whose claims and pods are the recorded ones. */
function brokenEvidence(classes: Read = read): Evidence {
  const { manifest: _file, ...layout } = observationOfLayout('standalone');
  const pods = recordedItems('Pod', folder, 'broken');
  const claims = recordedItems('PersistentVolumeClaim', folder, 'broken');
  const isRead = classes.state === 'read';
  const evidence = evidenceOf({
    ...layout,
    source: { kind: 'recording', name: 'broken' },
    namespace: 'broken',
    objects: {
      ...layout.objects,
      PersistentVolumeClaim: claims,
      Event: recordedItems('Event', folder, 'broken'),
      StorageClass: isRead ? recordedItems('StorageClass', folder, 'list') : [],
    },
    reads: { ...layout.reads, Pod: read, Event: read, StorageClass: classes },
  });
  const [first] = evidence.topology.expectedClaims;
  if (first === undefined) throw new Error('the layout names no claim');
  const workload = { ...first.workload, pods };
  const names = [...claims.map(({ metadata }) => metadata.name), 'never-made'];
  const expectedClaims = names.map((name) => ({
    ...first,
    name,
    workload,
    pod: users[name] ?? 'nobody',
    claim: claims.find(({ metadata }) => metadata.name === name),
  }));
  return { ...evidence, topology: { ...evidence.topology, expectedClaims } };
}

function failing(evidence: Evidence): readonly CodedFinding[] {
  return codes
    .flatMap((code) => findingsOf(code, binding, evidence))
    .filter(({ outcome }) => outcome === 'fail');
}

test.skipIf(recordings === undefined)(
  'each recorded claim fails for its own reason, with its events (RECORDINGS)',
  () => {
    expect(failing(brokenEvidence())).toEqual([
      {
        code: 'STO-110',
        outcome: 'fail',
        subject: { kind: 'PersistentVolumeClaim', name: 'never-made' },
        observed: 'No claim never-made in namespace broken.',
        expected: 'A claim of that name, which Pod/wants-missing-claim mounts.',
        stops: [{ kind: 'Pod', name: 'wants-missing-claim' }],
      },
      {
        code: 'STO-120',
        outcome: 'fail',
        subject: { kind: 'PersistentVolumeClaim', name: 'waits-for-consumer' },
        observed:
          'The claim is Pending: it binds when a pod that uses it is scheduled (WaitForFirstConsumer).',
        expected: 'Phase Bound.',
        evidence: [
          { at: 'PersistentVolumeClaim/waits-for-consumer status.phase', text: 'Pending' },
          {
            at: 'Event of PersistentVolumeClaim/waits-for-consumer: WaitForFirstConsumer (13 times)',
            text: 'waiting for first consumer to be created before binding',
          },
        ],
        remedy:
          'If no pod uses waits-for-consumer, start the workload; if one does, `kubectl describe pod` says why it is not scheduled.',
        stops: [],
      },
      {
        code: 'STO-140',
        outcome: 'fail',
        subject: { kind: 'PersistentVolumeClaim', name: 'no-such-class' },
        observed: 'The claim is Pending: its storage class does-not-exist does not exist.',
        expected: 'A storage class that exists (there are: standard).',
        evidence: [
          { at: 'PersistentVolumeClaim/no-such-class status.phase', text: 'Pending' },
          {
            at: 'Event of PersistentVolumeClaim/no-such-class: ProvisioningFailed (13 times)',
            text: 'storageclass.storage.k8s.io "does-not-exist" not found',
          },
        ],
        stops: [{ kind: 'Pod', name: 'wants-no-such-class' }],
      },
      {
        code: 'STO-150',
        outcome: 'fail',
        subject: { kind: 'PersistentVolumeClaim', name: 'rwx-not-offered' },
        observed:
          'The claim is Pending: its provisioner failed. failed to provision volume with StorageClass "standard": ' +
          'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes',
        expected: 'A volume made by the provisioner of its class.',
        evidence: [
          { at: 'PersistentVolumeClaim/rwx-not-offered status.phase', text: 'Pending' },
          {
            at: 'Event of PersistentVolumeClaim/rwx-not-offered: ProvisioningFailed (4 times)',
            text:
              'failed to provision volume with StorageClass "standard": NodePath only supports ReadWriteOnce and ' +
              'ReadWriteOncePod (1.22+) access modes',
          },
        ],
        stops: [{ kind: 'Pod', name: 'wants-rwx' }],
      },
    ]);
  },
);

test.skipIf(recordings === undefined)(
  'a missing class is told by its event where classes may not be listed (RECORDINGS)',
  () => {
    const refused: Read = { state: 'refused', status: 403, message: 'storageclasses is forbidden' };
    const found = failing(brokenEvidence(refused)).filter(({ code }) => code === 'STO-140');
    expect(found.map(({ subject, expected }) => [subject.name, expected])).toEqual([
      ['no-such-class', 'A storage class that exists.'],
    ]);
  },
);
