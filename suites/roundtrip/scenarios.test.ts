import { suite } from '../../helpers/engine/suite.ts';
import { scenarioJudge } from '../../helpers/verdict/judges/scenario/judge.ts';
import { scenarios } from '../../helpers/workload/scenarios/table.ts';

/** What `gate --thorough` tried, each scenario's answers against what it had written. */
export default suite('RTP', {
  'RTP-210': scenarioJudge(...scenarios['RTP-210']),
  'RTP-215': scenarioJudge(...scenarios['RTP-215']),
  'RTP-220': scenarioJudge(...scenarios['RTP-220']),
  'RTP-225': scenarioJudge(...scenarios['RTP-225']),
  'RTP-230': scenarioJudge(...scenarios['RTP-230']),
  'RTP-235': scenarioJudge(...scenarios['RTP-235']),
  'RTP-240': scenarioJudge(...scenarios['RTP-240']),
  'RTP-250': scenarioJudge(...scenarios['RTP-250']),
  'RTP-255': scenarioJudge(...scenarios['RTP-255']),
  'RTP-260': scenarioJudge(...scenarios['RTP-260']),
  'RTP-265': scenarioJudge(...scenarios['RTP-265']),
  'RTP-270': scenarioJudge(...scenarios['RTP-270']),
  'RTP-272': scenarioJudge(...scenarios['RTP-272']),
  'RTP-274': scenarioJudge(...scenarios['RTP-274']),
  'RTP-275': scenarioJudge(...scenarios['RTP-275']),
  'RTP-280': scenarioJudge(...scenarios['RTP-280']),
  'RTP-285': scenarioJudge(...scenarios['RTP-285']),
  'RTP-300': scenarioJudge(...scenarios['RTP-300']),
  'RTP-310': scenarioJudge(...scenarios['RTP-310']),
  'RTP-320': scenarioJudge(...scenarios['RTP-320']),
  'RTP-325': scenarioJudge(...scenarios['RTP-325']),
  'RTP-330': scenarioJudge(...scenarios['RTP-330']),
  'RTP-335': scenarioJudge(...scenarios['RTP-335']),
  'RTP-340': scenarioJudge(...scenarios['RTP-340']),
  'RTP-345': scenarioJudge(...scenarios['RTP-345']),
});
