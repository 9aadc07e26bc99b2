import type { Operation } from '../../../workload/history.ts';
import { loadSteps, looks } from '../../../workload/load/record.ts';
import type { Finding } from '../../finding.ts';
import { fail, inconclusive, pass } from '../../outcomes.ts';
import { countOf } from '../round-trip/key-ranges.ts';
import { evidenceAt, experimentJudge, type Tried } from './frame.ts';
import { looksOf, wrongLooks } from './looks.ts';

const expected = 'Every row and every search right: at once, after a release and a load, and after a flush.';

/** RES-220. Rows of the ledger are judged by key in RES-110 to RES-130, and so are counts of them. */
export const allIsRightAfterwards = experimentJudge((tried) => {
  const { experiment, subject } = tried;
  const wrong = wrongLooks(experiment).filter(({ miscount }) => miscount === undefined);
  const [first] = wrong;
  if (first !== undefined) {
    return [
      {
        outcome: 'fail',
        wrong: true,
        subject,
        observed: `${countOf(wrong.length, 'answer')} of the last look wrong; the first, ${lookText(first.operation)}: ${first.text}.`,
        expected: `${expected} Repeat with seed ${experiment.plan.load.seed}.`,
        evidence: wrong.slice(0, shown).map(({ evidence }) => evidence),
      },
    ];
  }
  return (
    notMade(tried) ?? [
      pass(subject, `${countOf(looksOf(experiment).length, 'read')} after the load, each right.`),
    ]
  );
});

const shown = 3;

function lookText({ request, call }: Operation): string {
  const after = looks.find((look) => look === request['after']);
  return after === undefined ? call : `${call} after ${after}`;
}

/** Why the last look does not show that all is right; undefined where it does. */
function notMade({ experiment, subject }: Tried): readonly Finding[] | undefined {
  const { stopped, operations } = experiment.history;
  if (stopped?.step === loadSteps.verify) {
    const failed = operations.findLast(
      ({ step, outcome }) => step === loadSteps.verify && outcome.state !== 'ok',
    );
    const observed = `The last look did not come to its end: ${stopped.reason}`;
    const evidence = failed === undefined ? [] : [evidenceAt(failed, reasonOf(failed))];
    return isAnswered(failed)
      ? [fail(subject, { observed, expected, evidence })]
      : [inconclusive(subject, observed, expected, evidence)];
  }
  const made = looksOf(experiment).filter(({ outcome }) => outcome.state === 'ok');
  const missing = looks.filter((look) => !made.some(({ request }) => request['after'] === look));
  if (missing.length === 0) return undefined;
  return [inconclusive(subject, `No look was taken after ${missing.join(', ')}.`, expected)];
}

function isAnswered(operation: Operation | undefined): boolean {
  const outcome = operation?.outcome;
  return outcome?.state === 'fail' || (outcome?.state === 'unknown' && outcome.answered === true);
}

function reasonOf({ outcome }: Operation): string {
  return outcome.state === 'ok' ? 'Success.' : `${outcome.code}: ${outcome.message}`;
}
