import { componentRoles } from '../../../topology/model.ts';
import { podLives, stateAt } from '../../../resilience/course/pod-lives.ts';
import type { Finding } from '../../finding.ts';
import { fail, inconclusive, pass, skipped } from '../../outcomes.ts';
import { loadSteps, type Moment } from '../../../workload/load/record.ts';
import { countOf } from '../round-trip/key-ranges.ts';
import { evidenceAt, experimentJudge, type Tried } from './frame.ts';
import { looksOf, wrongLooks } from './looks.ts';

/** RES-510: the dynamic proof that Milvus' own pods keep nothing. */
export const nothingIsInPods = experimentJudge((tried) => {
  const { experiment, subject } = tried;
  if (!experiment.plan.scenario.targets.some(({ kind }) => kind === 'milvus')) {
    return [skipped(subject, 'This scenario leaves Milvus pods as they are.')];
  }
  const kept = podsThatStayed(tried);
  if (kept.length > 0) {
    const observed = `Not every Milvus pod was replaced: ${kept.join(', ')} kept its UID.`;
    return [inconclusive(subject, observed, 'Every Milvus pod has a new UID.')];
  }
  return [judgeDescriptions(tried) ?? judgeData(tried)];
});

/** What differs between what Milvus said of a collection before and after; undefined where all is as it was. */
function judgeDescriptions({ experiment, subject }: Tried): Finding | undefined {
  const expected = 'Every collection with the schema, index, partitions and ids that it had, and loaded.';
  const described = experiment.history.operations.filter(({ step }) => step === loadSteps.describe);
  const at = (moment: Moment) => described.filter(({ request }) => request['moment'] === moment);
  if (at('before').length === 0)
    return inconclusive(subject, 'No collection was described before.', expected);
  for (const before of at('before')) {
    const after = at('after').find(
      ({ call, request }) => call === before.call && request['collection'] === before.request['collection'],
    );
    const what = `${before.call} of ${String(before.request['collection'])}`;
    if (before.outcome.state !== 'ok' || after?.outcome.state !== 'ok') {
      return inconclusive(subject, `${what} was not answered before and after.`, expected);
    }
    const [was, is] = [before, after].map(({ outcome }) => JSON.stringify(outcome));
    if (was !== is) {
      const observed = `With every Milvus pod replaced, ${what} is another than before.`;
      const evidence = [evidenceAt(before, `Before: ${was}`), evidenceAt(after, `After: ${is}`)];
      return fail(subject, { observed, expected, evidence });
    }
  }
  return undefined;
}

function judgeData({ experiment, timeline, subject }: Tried): Finding {
  const atOnce = (operation: { readonly request: Readonly<Record<string, unknown>> }) =>
    operation.request['after'] === 'load';
  const expected = 'The same rows, collections and indexes as before, with nothing loaded or made anew.';
  const wrong = wrongLooks(experiment).filter(({ operation }) => atOnce(operation));
  const [first] = wrong;
  if (first !== undefined) {
    const observed = `With every Milvus pod replaced, ${countOf(wrong.length, 'answer')} differ: ${first.text}.`;
    return fail(subject, { observed, expected, evidence: wrong.slice(0, 3).map(({ evidence }) => evidence) });
  }
  const reads = looksOf(experiment).filter(
    (operation) => atOnce(operation) && operation.outcome.state === 'ok',
  );
  if (reads.length === 0) return inconclusive(subject, 'No look was taken at the data afterwards.', expected);
  const pods = countOf(timeline.pods.length, 'pod');
  return pass(
    subject,
    `${pods} struck, each Milvus pod under a new UID, and ${countOf(reads.length, 'read')} as before.`,
  );
}

/** Milvus pods that were there when the fault began, and at the end under the same UID. */
function podsThatStayed({ experiment, timeline }: Tried): readonly string[] {
  return [...podLives(experiment.history.events).values()].flatMap((life) => {
    const before = stateAt(life, timeline.faultAt);
    const isMilvus = componentRoles.some((role) => role === before?.part);
    return before !== undefined && isMilvus && life.goneAt === undefined ? [before.name] : [];
  });
}
