import { coveredMs } from '../../../resilience/away.ts';
import { inSeconds } from '../../../resilience/in-seconds.ts';
import type { ProbeCourse, WrongWindow } from '../../../resilience/timeline.ts';
import type { Finding } from '../../finding.ts';
import { pass } from '../../outcomes.ts';
import { countOf } from '../round-trip/key-ranges.ts';
import { evidenceAt, experimentJudge, type Tried } from './frame.ts';

interface Window extends WrongWindow {
  readonly probe: ProbeCourse['probe'];
}

/** RES-210. */
export const answersAreRight = experimentJudge((tried) => {
  const { timeline, subject } = tried;
  const windows = timeline.probes.flatMap(({ probe, wrong }) => wrong.map((each) => ({ ...each, probe })));
  if (windows.length > 0) return [wrongAnswers(tried, windows)];
  const calls = timeline.probes.reduce((sum, probe) => sum + probe.calls, 0);
  return [
    pass(
      subject,
      `${countOf(calls, 'call')} since the fault, and none had a wrong answer with code Success.`,
    ),
  ];
});

/** Windows that a finding quotes. */
const shown = 5;

function wrongAnswers({ experiment, timeline, subject }: Tried, windows: readonly Window[]): Finding {
  const answers = windows.reduce((sum, window) => sum + window.answers, 0);
  const texts = windows.slice(0, shown).map(windowText);
  const more = windows.length > shown ? ` and ${countOf(windows.length - shown, 'more window')}` : '';
  const isOver = windows.every(({ until }) => until !== undefined);
  const finding: Finding = {
    outcome: 'fail',
    wrong: true,
    subject,
    observed: `${countOf(answers, 'answer')} with code Success ${answers === 1 ? 'was' : 'were'} wrong: ${texts.join('; ')}${more}.`,
    expected: `Right answers or errors. Repeat with seed ${experiment.plan.load.seed}.`,
    evidence: windows.slice(0, shown).flatMap(({ probe, first }) => {
      const operation = experiment.history.operations.find(({ id }) => id === first.operation);
      return operation === undefined ? [] : [evidenceAt(operation, `${probe}: ${first.text}.`)];
    }),
  };
  return isOver ? { ...finding, lastedMs: coveredMs(windows, timeline.watchedMs) } : finding;
}

function windowText({ probe, from, until, answers }: Window): string {
  const end = until === undefined ? 'to the end' : `to ${inSeconds(until)}`;
  return `${probe} from ${inSeconds(from)} ${end} after the fault (${answers})`;
}
