import { suite } from '../../helpers/engine/suite.ts';
import { fail, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { claimSubject } from '../../helpers/verdict/subjects.ts';
import { overClaims, waitingPods } from './scope.ts';
import { volumeOf } from './volumes.ts';

export default suite('STO', {
  'STO-130': (evidence) =>
    overClaims(evidence, ({ name, claim }, uses) => {
      const subject = claimSubject(name);
      if (claim?.status?.phase !== 'Bound') return skipped(subject, 'The claim is not Bound.');
      const stops = waitingPods(uses);
      const at = `PersistentVolume/${claim.spec.volumeName ?? ''}`;
      const volume = volumeOf(claim, evidence.observation);
      const expected = `A volume in phase Bound whose claimRef is ${claim.metadata.namespace ?? ''}/${name}, uid ${claim.metadata.uid ?? 'unknown'}.`;
      if (volume === undefined) {
        return fail(subject, {
          observed: `Its volume ${claim.spec.volumeName ?? ''} does not exist.`,
          expected,
          stops,
        });
      }
      const { claimRef } = volume.spec;
      const refers = `${claimRef?.namespace}/${claimRef?.name}, uid ${claimRef?.uid ?? 'unknown'}`;
      const isOurs =
        claimRef?.name === name &&
        claimRef.namespace === claim.metadata.namespace &&
        (claimRef.uid === undefined || claimRef.uid === claim.metadata.uid);
      if (!isOurs) {
        return fail(subject, {
          observed: `Its volume ${volume.metadata.name} is another claim’s: ${claimRef === undefined ? 'it has no claimRef' : refers}.`,
          expected,
          evidence: [{ at: `${at} spec.claimRef`, text: refers }],
          stops,
        });
      }
      const phase = volume.status?.phase ?? 'none';
      if (phase !== 'Bound') {
        return fail(subject, {
          observed: `Its volume ${volume.metadata.name} is ${phase}, not Bound.`,
          expected,
          evidence: [{ at: `${at} status.phase`, text: volume.status?.message ?? phase }],
          stops,
        });
      }
      return pass(subject, `Bound to ${volume.metadata.name}, which is Bound back.`);
    }),
});
