import { suite } from '../../helpers/engine/suite.ts';
import { loadedAnswers, searchesAgree } from '../../helpers/verdict/judges/upgrade/answers.ts';
import { canaryIsAsWritten } from '../../helpers/verdict/judges/upgrade/canary.ts';
import { nothingIsLost, shapeIsKept } from '../../helpers/verdict/judges/upgrade/contents.ts';
import { noRowHasChanged, noRowIsBack, noRowIsLost } from '../../helpers/verdict/judges/upgrade/rows.ts';

/** What was there before is there after. */
export default suite('UPG', {
  'UPG-110': nothingIsLost,
  'UPG-120': shapeIsKept,
  'UPG-130': noRowIsLost,
  'UPG-140': noRowIsBack,
  'UPG-150': noRowHasChanged,
  'UPG-160': canaryIsAsWritten,
  'UPG-170': loadedAnswers,
  'UPG-180': searchesAgree,
});
