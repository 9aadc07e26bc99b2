import { suite } from '../../helpers/engine/suite.ts';
import {
  collectionIsCreated,
  insertsAreAcknowledged,
} from '../../helpers/verdict/judges/round-trip/calls.ts';
import { nothingIsLeft } from '../../helpers/verdict/judges/round-trip/dropped.ts';
import { flushEnds, indexIsBuilt, loadEnds } from '../../helpers/verdict/judges/round-trip/waits.ts';

/** From an empty collection to one that can be searched, and its end. */
export default suite('RTP', {
  'RTP-010': collectionIsCreated,
  'RTP-020': insertsAreAcknowledged,
  'RTP-030': flushEnds,
  'RTP-040': indexIsBuilt,
  'RTP-050': loadEnds,
  'RTP-100': nothingIsLeft,
});
