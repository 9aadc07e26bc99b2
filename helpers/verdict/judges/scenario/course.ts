import type { History } from '../../../workload/history.ts';
import { type Act, actsOf, listStep, valueOf } from '../../../workload/scenarios/record.ts';
import type { Scenario } from '../../../workload/scenarios/scenario.ts';
import type { Finding, Subject } from '../../finding.ts';
import { fail, inconclusive, skipped } from '../../outcomes.ts';
import { evidenceOf } from '../round-trip/frame.ts';

/** Codes of a server that lacks what was asked for: UNIMPLEMENTED, and Milvus's own for what it does not offer. */
const lacking: ReadonlySet<string> = new Set([
  'UNIMPLEMENTED',
  'MILVUS_10',
  'MILVUS_701',
  'MILVUS_1100',
  'MILVUS_3000',
]);

/** What is optional may be kept for administrators: databases are. */
const denied: ReadonlySet<string> = new Set(['PERMISSION_DENIED', 'MILVUS_1401']);

/** ms. Less than this proves nothing about a server: the run's own budget was nearly spent. */
const fairWaitMs = 5000;

/**
 * Calls that did not succeed: one finding for those that Milvus answered, one for those without an answer. A poll
 * without an answer is asked again, so that only what it led to counts.
 */
export function callsThatFailed(history: History, scenario: Scenario, subject: Subject): readonly Finding[] {
  const failed = actsOf(history, scenario.name).filter(
    (act) =>
      act.request.at <= scenario.steps.length &&
      act.outcome.state !== 'ok' &&
      act.request.budgetMs === undefined &&
      !isRefusal(act, scenario),
  );
  const [first] = failed;
  if (first === undefined || first.outcome.state === 'ok') return [];
  const { code, message } = first.outcome;
  const { call, step } = first.operation;
  const text = `${code}: ${message}`;
  if (scenario.optional === true && first.outcome.state === 'fail') {
    const answer = `It answered ${call} with ${text}`;
    if (lacking.has(code)) return [skipped(subject, `This server does not offer it. ${answer}`)];
    if (denied.has(code)) return [skipped(subject, `This server does not let this user do it. ${answer}`)];
  }
  const evidence = [evidenceOf(first, text)];
  const answered = first.outcome.state === 'fail' || first.outcome.answered === true;
  if (!answered) {
    return [inconclusive(subject, `${call} got no answer: ${text}`, `An answer at "${step}".`, evidence)];
  }
  return [
    fail(subject, {
      observed: `Milvus answered ${call} with ${text}`,
      expected: `Success at "${step}".`,
      evidence,
    }),
  ];
}

/** An error that was asked for. */
function isRefusal({ outcome, request }: Act, { steps }: Scenario): boolean {
  const answered = outcome.state === 'fail' || (outcome.state === 'unknown' && outcome.answered === true);
  return answered && steps[request.at - 1]?.act === 'refused';
}

/** A write that was acknowledged for another number of rows than it had. */
export function miscounted(history: History, scenario: Scenario, subject: Subject): readonly Finding[] {
  return actsOf(history, scenario.name).flatMap((act) => {
    const { rows } = act.request;
    const { call } = act.operation;
    if (rows === undefined || (call !== 'insert' && call !== 'upsert')) return [];
    const count = valueOf('written', act.outcome)?.count;
    const sent = rows.to - rows.from + 1;
    if (count === undefined || count === sent) return [];
    const observed = `Milvus acknowledged ${count} rows of the ${sent} of one ${call}.`;
    return [fail(subject, { observed, expected: `${sent} rows.`, evidence: [evidenceOf(act, observed)] })];
  });
}

/** A scenario that ended before its last step. */
export function unfinished(history: History, scenario: Scenario, subject: Subject): readonly Finding[] {
  const acts = actsOf(history, scenario.name).filter(({ request }) => request.at <= scenario.steps.length);
  const last = acts.at(-1);
  if (last === undefined) {
    const { stopped } = history;
    const why =
      stopped === undefined
        ? 'the run was cut short before it'
        : `the round trip ended at ${stopped.step}. ${stopped.reason}`;
    return [inconclusive(subject, `Not run: ${why}.`, 'A scenario that came to its end.')];
  }
  const wait = history.complete ? waitInVain(last, scenario, subject) : undefined;
  if (wait !== undefined) return [wait];
  if (last.request.at === scenario.steps.length) return [];
  const text = `It ended after "${last.operation.step}": the run was cut short, or its time was spent.`;
  return [inconclusive(subject, text, 'A scenario that came to its end.', [evidenceOf(last, text)])];
}

/** Milvus tries what it cannot build again and again, and says no more of it. */
const nothingBuilt = /, 0 of [1-9]\d* rows/;

function waitInVain(last: Act, scenario: Scenario, subject: Subject): Finding | undefined {
  const { outcome, request } = last;
  if (request.budgetMs === undefined) return undefined;
  const poll = valueOf('poll', outcome);
  if (poll?.done === true) return undefined;
  const state = outcome.state === 'ok' ? (poll?.state ?? '') : `${outcome.code}: ${outcome.message}`;
  const answered = outcome.state !== 'unknown' || outcome.answered === true;
  if (scenario.optional === true && nothingBuilt.test(state)) {
    const why = `This server took the index and built none of it in ${request.budgetMs / 1000} s: ${state}.`;
    return skipped(
      subject,
      `${why} It may be built or set up without it; if you need it, look at the log of what builds it.`,
    );
  }
  const observed = `After all of ${request.budgetMs / 1000} s the last state was ${state}.`;
  const expected = `"${last.operation.step}" comes to its end.`;
  const evidence = [evidenceOf(last, state)];
  return answered && request.budgetMs >= fairWaitMs
    ? fail(subject, { observed, expected, evidence })
    : inconclusive(subject, observed, expected, evidence);
}

/** What the scenario made must be gone, as a fresh connection lists it. */
export function leftBehind(history: History, scenario: Scenario, subject: Subject): readonly Finding[] {
  const lists = actsOf(history, scenario.name).filter(({ operation }) => operation.step.endsWith(listStep));
  const listed = lists.map((act) => ({ act, own: valueOf('list', act.outcome)?.own }));
  if (lists.length === 0 || listed.some(({ own }) => own === undefined)) {
    return [
      inconclusive(
        subject,
        'Whether what it made was removed is not known.',
        'A list of what is left at the end.',
      ),
    ];
  }
  return listed.flatMap(({ act, own = [] }) => {
    if (own.length === 0) return [];
    const observed = `It is still there: ${own.join(', ')}.`;
    const evidence = [evidenceOf(act, observed)];
    return [fail(subject, { observed, expected: 'Nothing of the run is left.', evidence })];
  });
}
