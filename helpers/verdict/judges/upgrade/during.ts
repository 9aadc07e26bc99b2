import { awayMs } from '../../../resilience/away.ts';
import { judgedCalls } from '../../../resilience/course/judged-calls.ts';
import { podLives } from '../../../resilience/course/pod-lives.ts';
import { probeCourse } from '../../../resilience/course/probe-course.ts';
import type { LoadRun } from '../../../resilience/experiment.ts';
import { inSeconds } from '../../../resilience/in-seconds.ts';
import type { ProbeCourse } from '../../../resilience/timeline.ts';
import type { History } from '../../../workload/history.ts';
import type { Evidence, Judge } from '../../../engine/context.ts';
import type { Finding } from '../../finding.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../outcomes.ts';
import { instanceSubject } from '../../subjects.ts';
import { ledgerFindings } from '../ledger/findings.ts';
import { judgedLedger } from '../resilience/ledger.ts';
import { wrongLooks } from '../resilience/looks.ts';

/** UPG-310. */
export const clientsFeltNothing: Judge = (evidence) =>
  during(evidence, (run, begin, subject) => {
    const end = endOfLoad(run.history);
    const courses = coursesOf(run, begin);
    const calls = courses.reduce((sum, course) => sum + course.calls, 0);
    const failures = courses.reduce(
      (sum, { outages }) => sum + outages.reduce((total, outage) => total + outage.failures, 0),
      0,
    );
    if (calls === 0)
      return [inconclusive(subject, 'No call was made during the upgrade.', 'Reads and writes.')];
    const share = `${((100 * (calls - failures)) / calls).toFixed(2)} % of ${calls} calls succeeded`;
    const away = courses
      .map((course) => ({
        course,
        ms: awayMs({ outages: course.outages, wrong: [] }, end - begin),
        longest: longestOf(course, end - begin),
      }))
      .filter(({ ms }) => ms > 0);
    const order = `Components changed in this order: ${orderOf(run.history, begin)}.`;
    if (away.length === 0) return [pass(subject, `${share}; no operation was away. ${order}`)];
    const texts = away.map(
      ({ course, ms, longest }) =>
        `${course.probe} for ${inSeconds(ms)} in all, at most ${inSeconds(longest)} at once`,
    );
    return [
      warn(subject, {
        observed: `${share}; away were ${texts.join('; ')}. ${order}`,
        expected: 'Every operation is served all the time.',
        evidence: away.flatMap(({ course }) => outagesOf(course)),
      }),
    ];
  });

/** UPG-320. */
export const nothingWasWrong: Judge = (evidence) =>
  during(evidence, (run, begin, subject) => {
    const { seed } = run.plan.load;
    const wrongAnswers = coursesOf(run, begin).flatMap(({ probe, wrong }) =>
      wrong.map(({ from, answers, first }) => ({
        at: `${probe}, ${inSeconds(from)} after the change began, operation ${first.operation}`,
        text: `${answers} with code Success, first: ${first.text}`,
      })),
    );
    const looks = wrongLooks(run).map((look) => look.evidence);
    const found: Finding[] = [];
    if (wrongAnswers.length + looks.length > 0) {
      found.push({
        ...fail(subject, {
          observed: `${wrongAnswers.length + looks.length} times an answer with code Success was wrong.`,
          expected: `Right answers or errors. Repeat with seed ${seed}.`,
          evidence: [...wrongAnswers, ...looks].slice(0, shownAtMost),
        }),
        wrong: true,
      });
    }
    const { ledger, judgement } = judgedLedger(run);
    const ofRows = ledgerFindings(ledger, judgement, subject, seed);
    return found.length > 0 ? [...found, ...ofRows.filter(({ outcome }) => outcome === 'fail')] : ofRows;
  });

const shownAtMost = 5;

/** Judges the load where there was one and it came to the change. */
function during(
  { upgrade, topology }: Evidence,
  judge: (run: LoadRun, begin: number, subject: Finding['subject']) => readonly Finding[],
): readonly Finding[] {
  const subject = instanceSubject(topology.instance);
  const run = upgrade?.during;
  if (run === undefined) return [skipped(subject, 'Nobody looked during the upgrade (`upgrade during`).')];
  const begin = run.history.events.find(
    ({ happening }) => happening.kind === 'phase' && happening.phase === 'fault',
  )?.at;
  if (begin === undefined) {
    const why = run.history.stopped?.reason ?? 'it was cut short';
    return [
      inconclusive(subject, `The look during the upgrade saw no change: ${why}.`, 'A rollout to look at.'),
    ];
  }
  return judge(run, begin, subject);
}

function coursesOf(run: LoadRun, faultAt: number): readonly ProbeCourse[] {
  return judgedCalls(run).map((calls) => probeCourse(calls, { loadAt: 0, faultAt }));
}

function longestOf({ outages }: ProbeCourse, end: number): number {
  return Math.max(0, ...outages.map(({ from, until }) => (until ?? end) - from));
}

/** When the last look began, or the last thing happened. */
function endOfLoad({ events, operations }: History): number {
  const verify = events.find(({ happening }) => happening.kind === 'phase' && happening.phase === 'verify');
  return verify?.at ?? operations.reduce((last, { returnedAt }) => Math.max(last, returnedAt), 0);
}

/** Parts by the first pod of each that was made since the change began. */
function orderOf({ events }: History, begin: number): string {
  const first = new Map<string, number>();
  for (const { states } of podLives(events).values()) {
    const [born] = states;
    if (born === undefined || born.at < begin) continue;
    const known = first.get(born.pod.part);
    if (known === undefined || born.at < known) first.set(born.pod.part, born.at);
  }
  const order = [...first].toSorted(([, one], [, other]) => one - other);
  if (order.length === 0) return 'none was seen to change';
  return order.map(([part, at]) => `${part} after ${inSeconds(at - begin)}`).join(', ');
}

function outagesOf({
  probe,
  outages,
}: ProbeCourse): readonly { readonly at: string; readonly text: string }[] {
  return outages.slice(0, shownAtMost).map(({ from, until, failures, errors }) => ({
    at: `${probe}, ${inSeconds(from)} to ${until === undefined ? 'the end' : inSeconds(until)} after the change began`,
    text: `${failures} failed: ${errors.map(({ text }) => text).join('; ')}`,
  }));
}
