import type { History } from '../../../workload/history.ts';
import { type Act, actsOf } from '../../../workload/scenarios/record.ts';
import type { Scenario, Step } from '../../../workload/scenarios/scenario.ts';
import { stepText } from '../../../workload/scenarios/step-text.ts';
import { Held } from './held.ts';
import { wrongInMatch } from './match-read.ts';
import { wrongInCount, wrongInPages, wrongInRead, wrongInSelect } from './rows-read.ts';
import { wrongInHybridSearch, wrongInSearch } from './search-read.ts';
import type { Sighting } from './sighting.ts';

/**
 * Goes through a scenario's steps as the history has them: writes that were acknowledged change what must be there,
 * reads are compared with it.
 *
 * @throws Error where the history's steps are not this version's
 */
export function replay(history: History, scenario: Scenario): readonly Sighting[] {
  const { seed } = history.header;
  const collections = new Collections(scenario, seed);
  const byStep = Map.groupBy(actsOf(history, scenario.name), ({ request }) => request.at);
  return scenario.steps.flatMap((step, index) => {
    const acts = byStep.get(index + 1) ?? [];
    const expected = `${scenario.name}: ${stepText(step)}`;
    const other = acts.find(({ operation }) => operation.step !== expected);
    if (other !== undefined) {
      throw new Error(`Another version recorded this: step ${index + 1} is "${other.operation.step}".`);
    }
    const held = collections.of(step);
    for (const act of acts) {
      collections.follow(step, act);
      held.apply(step, act);
    }
    return wrongIn(held, scenario, step, acts, seed);
  });
}

/** What must be in each of a scenario's collections. */
class Collections {
  readonly #first: Held;
  readonly #second: Held;
  /** What the alias stands for. */
  #named: Held;

  constructor(scenario: Scenario, seed: number) {
    this.#first = new Held(scenario, seed);
    this.#second = new Held(scenario, seed);
    this.#named = this.#first;
  }

  of({ on }: Step): Held {
    if (on === 'alias') return this.#named;
    return on === 'second' ? this.#second : this.#first;
  }

  follow(step: Step, { outcome }: Act): void {
    const names = step.act === 'create alias' || step.act === 'move alias';
    if (names && outcome.state === 'ok') this.#named = this.of(step);
  }
}

function wrongIn(
  held: Held,
  scenario: Scenario,
  step: Step,
  acts: readonly Act[],
  seed: number,
): readonly Sighting[] {
  switch (step.act) {
    case 'read':
      return acts.flatMap((act) => wrongInRead(held, step, act));
    case 'select':
      return acts.flatMap((act) => wrongInSelect(held, step, act));
    case 'count':
      return acts.flatMap((act) => wrongInCount(held, step, act));
    case 'page':
      return wrongInPages(held, step, acts);
    case 'search':
      return wrongInSearch(held, scenario, step, acts, seed);
    case 'hybrid search':
      return wrongInHybridSearch(held, scenario, step, acts, seed);
    case 'match':
      return acts.flatMap((act) => wrongInMatch(held, step, act));
    case 'refused':
      return acts
        .filter(({ outcome }) => outcome.state === 'ok')
        .map((act) => ({ verdict: 'NOT_REFUSED', act, text: `an insert of ${step.why} was acknowledged` }));
    default:
      return [];
  }
}
