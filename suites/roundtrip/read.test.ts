import { suite } from '../../helpers/engine/suite.ts';
import { countIsRight } from '../../helpers/verdict/judges/round-trip/count.ts';
import { deletedRowsAreGone } from '../../helpers/verdict/judges/round-trip/deleted.ts';
import { rowsAreAsWritten } from '../../helpers/verdict/judges/round-trip/rows.ts';
import { searchIsExact } from '../../helpers/verdict/judges/round-trip/search.ts';

/** Code 0 is not an answer: what is read is compared with what was written, row by row. */
export default suite('RTP', {
  'RTP-060': searchIsExact,
  'RTP-070': rowsAreAsWritten,
  'RTP-080': countIsRight,
  'RTP-090': deletedRowsAreGone,
});
