import type { Experiment } from '../../../resilience/experiment.ts';
import { loadSteps } from '../../../workload/load/record.ts';
import type { Operation } from '../../../workload/history.ts';
import { fail, inconclusive, pass } from '../../outcomes.ts';
import { evidenceAt, experimentJudge } from './frame.ts';

/** RES-610. What is left is left, whatever the experiment was worth. */
export const nothingIsLeft = experimentJudge(({ experiment, subject }) => {
  const undone = notUndone(experiment);
  const lists = lastLists(experiment);
  const left = lists.flatMap(({ own }) => own);
  if (undone !== undefined || left.length > 0) {
    const collections = left.length === 0 ? undefined : `its collections are still there: ${left.join(', ')}`;
    const texts = [undone, collections].filter((text) => text !== undefined);
    return [
      fail(subject, {
        observed: `Left behind: ${texts.join('; ')}.`,
        expected: 'Nothing of the experiment is left.',
        evidence: lists
          .filter(({ own }) => own.length > 0)
          .map(({ operation, own }) => evidenceAt(operation, `Listed: ${own.join(', ')}.`)),
      }),
    ];
  }
  const { still, ledger, scratch } = experiment.plan.load.collections;
  const unlisted = [still, ledger, scratch].filter((name) => !lists.some(({ prefix }) => prefix === name));
  if (unlisted.length === 0) return [pass(subject, 'The last list of collections shows none of its own.')];
  const expected = 'A list of collections at the end.';
  return [inconclusive(subject, `Whether ${unlisted.join(', ')} is removed is not known.`, expected)];
}, 'each failure');

/** Only what was scaled down must be undone; all else Kubernetes mends itself. */
function notUndone({ plan, history }: Experiment): string | undefined {
  if (plan.scenario.fault.kind !== 'scale-to-zero') return undefined;
  const steps = history.events.flatMap(({ happening }) =>
    happening.kind === 'fault' ? [happening.step] : [],
  );
  if (!steps.includes('begin') || steps.includes('undone')) return undefined;
  const workloads = new Set(plan.victims.map(({ workload }) => `${workload.kind}/${workload.name}`));
  return `${[...workloads].join(', ')} is still scaled to no replica`;
}

interface List {
  readonly operation: Operation;
  readonly prefix: string;
  readonly own: readonly string[];
}

/** For each name that was asked for, the last list that was given, if nothing was dropped after it. */
function lastLists({ history }: Experiment): readonly List[] {
  const lists = new Map<string, List>();
  for (const operation of history.operations) {
    const { step, outcome, request, call } = operation;
    const prefix = request['collection'];
    if (step !== loadSteps.drop || typeof prefix !== 'string') continue;
    if (call === 'dropCollection') {
      for (const listed of lists.keys()) if (prefix.startsWith(listed)) lists.delete(listed);
    } else if (outcome.state === 'ok' && isList(outcome.value)) {
      lists.set(prefix, { operation, prefix, own: outcome.value.own });
    }
  }
  return [...lists.values()];
}

function isList(value: unknown): value is { readonly own: readonly string[] } {
  if (typeof value !== 'object' || value === null || !('own' in value)) return false;
  return Array.isArray(value.own) && value.own.every((name) => typeof name === 'string');
}
