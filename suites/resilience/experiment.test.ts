import { suite } from '../../helpers/engine/suite.ts';
import { nothingIsLeft } from '../../helpers/verdict/judges/resilience/left-behind.ts';
import { isSound } from '../../helpers/verdict/judges/resilience/soundness.ts';

/** Before and after: what an experiment is made under, and what it leaves. */
export default suite('RES', {
  'RES-010': isSound,
  'RES-610': nothingIsLeft,
});
