import { suite } from '../../helpers/engine/suite.ts';
import {
  budgetsProtect,
  nothingIsLeftOver,
  proxiesWrite,
  versionsMoved,
} from '../../helpers/verdict/judges/upgrade/components.ts';
import {
  claimsAreKept,
  etcdIsKept,
  logIsKept,
  pathsAreKept,
} from '../../helpers/verdict/judges/upgrade/data-places.ts';

/** The deployment stands on what it stood on, and runs what was to be installed. */
export default suite('UPG', {
  'UPG-210': claimsAreKept,
  'UPG-220': etcdIsKept,
  'UPG-230': pathsAreKept,
  'UPG-240': logIsKept,
  'UPG-250': versionsMoved,
  'UPG-260': nothingIsLeftOver,
  'UPG-270': proxiesWrite,
  'UPG-330': budgetsProtect,
});
