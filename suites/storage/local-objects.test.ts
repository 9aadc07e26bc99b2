import { suite } from '../../helpers/engine/suite.ts';
import { skipped } from '../../helpers/verdict/outcomes.ts';
import { storeSubject } from '../../helpers/verdict/subjects.ts';
import { judgeBacking, sayerOf } from './backing.ts';
import { unreadableConfiguration } from './scope.ts';
import { judgeSharedClaim } from './shared-claim.ts';

export default suite('STO', {
  'STO-080': (evidence) => {
    const unreadable = unreadableConfiguration(evidence);
    if (unreadable !== undefined) return [unreadable];
    const local = evidence.requirements.required.filter(({ product }) => product === 'local');
    if (local.length === 0) {
      return [skipped(storeSubject({ role: 'object' }), 'Objects are not kept in local files.')];
    }
    return local.map((requirement) =>
      requirement.sharing === 'shared' && sayerOf(requirement) === undefined
        ? judgeSharedClaim(requirement, local)
        : judgeBacking('STO-080', requirement),
    );
  },
});
