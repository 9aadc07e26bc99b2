import { suite } from '../../helpers/engine/suite.ts';
import { backingJudge } from './backing.ts';
import { ownClaims } from './own-claims.ts';

const stores = ['metadata', 'object'] as const;

export default suite('STO', {
  'STO-020': ownClaims(stores),
  'STO-030': backingJudge('STO-030', stores),
  'STO-040': backingJudge('STO-040', stores),
  'STO-050': backingJudge('STO-050', stores),
  'STO-060': backingJudge('STO-060', stores),
  'STO-070': backingJudge('STO-070', stores),
});
