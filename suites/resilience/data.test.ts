import { suite } from '../../helpers/engine/suite.ts';
import { answersAreRight } from '../../helpers/verdict/judges/resilience/answers.ts';
import {
  nothingIsLost,
  readsAreFresh,
  rowsAreWhole,
} from '../../helpers/verdict/judges/resilience/ledger.ts';
import { nothingIsInPods } from '../../helpers/verdict/judges/resilience/restarted.ts';
import { allIsRightAfterwards } from '../../helpers/verdict/judges/resilience/verified.ts';

/** What a fault must never do: lose or change data, or pass a wrong answer off as right. */
export default suite('RES', {
  'RES-110': nothingIsLost,
  'RES-120': rowsAreWhole,
  'RES-130': readsAreFresh,
  'RES-210': answersAreRight,
  'RES-220': allIsRightAfterwards,
  'RES-510': nothingIsInPods,
});
