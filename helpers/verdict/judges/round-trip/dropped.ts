import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { type Done, operationsOf } from '../../../workload/round-trip-record.ts';
import type { Evidence, Finding } from '../../finding.ts';
import { evidenceOf, isOver, roundTripJudge, subjectOf } from './frame.ts';

/**
 * RTP-100. Judged by what a fresh connection lists at the end, whichever step dropped the collection. A collection
 * that an acknowledged drop left in the list fails, even if a second drop removed it.
 */
export const nothingIsLeft: Judge = roundTripJudge({
  step: 'list at the end',
  look: (history) => [...leftOver(history), ...unproved(history)],
  passed: () => 'The collection was dropped; a list on a fresh connection shows nothing of the run.',
});

function leftOver(history: History): readonly Finding[] {
  const drops = [...operationsOf(history, 'drop'), ...operationsOf(history, 'drop at the end')];
  const lists = operationsOf(history, 'list at the end');
  const wrong = lists.findLast((list) => isListed(list) && (list === lists.at(-1) || isAfter(list, drops)));
  if (wrong === undefined || !isOver(history)) return [];
  return [
    {
      outcome: 'fail',
      subject: subjectOf(history),
      observed: isAfter(wrong, drops)
        ? 'The drop was acknowledged, and the collection is still listed.'
        : 'The collection could not be dropped and is left behind.',
      expected: 'Nothing of the run is left.',
      evidence: [...drops, wrong].map(describe),
    },
  ];
}

function unproved(history: History): readonly Finding[] {
  const created = operationsOf(history, 'create').some(({ outcome }) => outcome.state === 'ok');
  const listed = operationsOf(history, 'list at the end').at(-1)?.outcome.state === 'ok';
  if (created && listed) return [];
  return [
    {
      outcome: 'inconclusive',
      subject: subjectOf(history),
      observed: created
        ? 'Whether anything is left is unknown: the collections could not be listed at the end.'
        : 'No collection was created, so none could be dropped.',
      expected: 'A collection that is created, dropped, and no longer listed.',
      evidence: operationsOf(history, 'list at the end').map(describe),
    },
  ];
}

function isListed({ outcome }: Done<'list at the end'>): boolean {
  return outcome.state === 'ok' && outcome.value.own.length > 0;
}

function isAfter(list: Done<'list at the end'>, drops: readonly Done<'drop' | 'drop at the end'>[]): boolean {
  return drops.some(
    ({ operation, outcome }) => outcome.state === 'ok' && operation.returnedAt <= list.operation.calledAt,
  );
}

function describe(done: Done<'drop' | 'drop at the end' | 'list at the end'>): Evidence {
  return evidenceOf(done, JSON.stringify(done.outcome));
}
