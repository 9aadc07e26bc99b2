import { suite } from '../../helpers/engine/suite.ts';
import { clientsFeltNothing, nothingWasWrong } from '../../helpers/verdict/judges/upgrade/during.ts';

/** What clients felt while the upgrade went on. */
export default suite('UPG', {
  'UPG-310': clientsFeltNothing,
  'UPG-320': nothingWasWrong,
});
