import { suite } from '../../helpers/engine/suite.ts';
import { nothingElseRestarts } from '../../helpers/verdict/judges/resilience/bystanders.ts';
import { podsAreReplaced } from '../../helpers/verdict/judges/resilience/replaced.ts';
import { operationsComeBack } from '../../helpers/verdict/judges/resilience/served.ts';

/** What a fault may do for a while: how long pods and operations are away, and what else falls. */
export default suite('RES', {
  'RES-310': podsAreReplaced,
  'RES-320': nothingElseRestarts,
  'RES-410': operationsComeBack,
});
