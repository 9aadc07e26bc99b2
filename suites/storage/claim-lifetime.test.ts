import { suite } from '../../helpers/engine/suite.ts';
import { fail, pass, skipped, warn } from '../../helpers/verdict/outcomes.ts';
import { claimSubject } from '../../helpers/verdict/subjects.ts';
import { resizing } from './resizing.ts';
import { overClaims } from './scope.ts';
import { volumeOf } from './volumes.ts';

const absent = 'The claim does not exist. STO-110 says so.';

export default suite('STO', {
  'STO-200': (evidence) =>
    overClaims(evidence, ({ name, claim }) => {
      const subject = claimSubject(name);
      if (claim === undefined) return skipped(subject, absent);
      const { deletionTimestamp, finalizers } = claim.metadata;
      if (deletionTimestamp === undefined) return pass(subject, 'Not being deleted.');
      return fail(subject, {
        observed: `Terminating since ${deletionTimestamp}; held by ${finalizers?.join(', ') ?? 'no finalizer'}.`,
        expected: 'No deletionTimestamp.',
        evidence: [
          { at: `PersistentVolumeClaim/${name} metadata.deletionTimestamp`, text: deletionTimestamp },
        ],
      });
    }),

  'STO-210': (evidence) =>
    overClaims(evidence, ({ name, claim }) => {
      const subject = claimSubject(name);
      if (claim === undefined) return skipped(subject, absent);
      const signs = resizing(claim);
      if (signs.length === 0) return pass(subject, 'No resize is under way.');
      const from = claim.status?.capacity?.['storage'] ?? 'an unknown size';
      const to = claim.spec.resources?.requests?.['storage'] ?? 'an unknown size';
      return fail(subject, {
        observed: `Being resized from ${from} to ${to}.`,
        expected: 'A resize that has ended.',
        evidence: signs,
      });
    }),

  'STO-220': ({ topology, observation }) => {
    const { orphanClaims, expectedClaims } = topology;
    const expected = 'A pod or a volumeClaimTemplate of this instance that names it.';
    if (orphanClaims.length > 0) {
      return orphanClaims.map(({ metadata, spec, status }) =>
        warn(claimSubject(metadata.name), {
          observed: `No workload uses this claim (${spec.resources?.requests?.['storage'] ?? 'size unknown'}, ${status?.phase ?? 'no phase'}, made ${metadata.creationTimestamp ?? 'at an unknown time'}).`,
          expected,
        }),
      );
    }
    const namespace = { kind: 'Namespace', name: observation.namespace };
    return expectedClaims.length === 0
      ? [skipped(namespace, 'This instance has no claim.')]
      : [pass(namespace, `All claims of this instance are used (${expectedClaims.length} uses).`)];
  },

  'STO-230': (evidence) =>
    overClaims(evidence, ({ name, claim }) => {
      const subject = claimSubject(name);
      if (claim === undefined) return skipped(subject, absent);
      const volume = volumeOf(claim, evidence.observation);
      if (volume === undefined) return skipped(subject, 'It has no volume.');
      const policy = volume.spec.persistentVolumeReclaimPolicy ?? 'none';
      if (policy !== 'Delete') return pass(subject, `Its volume’s reclaim policy is ${policy}.`);
      return warn(subject, {
        observed: `Its volume ${volume.metadata.name} has reclaim policy Delete.`,
        expected: 'Reclaim policy Retain, or backups.',
        remedy: `kubectl patch pv ${volume.metadata.name} -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
      });
    }),
});
