import { suite } from '../../helpers/engine/suite.ts';
import { skipped } from '../../helpers/verdict/outcomes.ts';
import { storeSubject } from '../../helpers/verdict/subjects.ts';
import { backingJudge, sayerOf } from './backing.ts';
import { ownClaims } from './own-claims.ts';
import { overRequirements, requirementSubject, sentence } from './scope.ts';
import { judgeSharedClaim } from './shared-claim.ts';

const log = ['log'] as const;

export default suite('WAL', {
  'WAL-030': ownClaims(log),
  'WAL-040': backingJudge('WAL-040', log),
  'WAL-050': backingJudge('WAL-050', log),
  'WAL-060': backingJudge('WAL-060', log),

  'WAL-070': (evidence) => {
    const shared = evidence.requirements.required.filter(
      ({ store, sharing }) => store === 'log' && sharing === 'shared',
    );
    return overRequirements(evidence, log, (requirement) => {
      const subject = requirementSubject(requirement);
      if (requirement.sharing === 'own') {
        return skipped(subject, 'Each replica keeps its own part of the log: nothing is shared.');
      }
      const sayer = sayerOf(requirement);
      if (sayer !== undefined)
        return skipped(subject, sentence(`${requirement.what} is on no claim. ${sayer} says so.`));
      return judgeSharedClaim(requirement, shared);
    });
  },

  'WAL-110': (evidence) =>
    evidence.topology.logType === 'rocksmq' || evidence.topology.logType === 'natsmq'
      ? backingJudge('WAL-110', log)(evidence)
      : [skipped(storeSubject({ role: 'log' }), `The log is ${evidence.topology.logType ?? 'not known'}.`)],
});
