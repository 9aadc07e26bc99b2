import type { ExperimentSettings } from '../../engine/settings.ts';
import { suggestion } from '../../engine/suggest.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { defaultScenarios, scenarios } from '../../resilience/scenarios.ts';
import type { Scenario } from '../../resilience/scenario.ts';
import { loadLevels, type LoadLevel } from '../../workload/load/contract.ts';
import { duration, wholeNumber } from './numbers.ts';
import type { GivenFlags } from './settings.ts';

const mostRepeats = 1000;

/** What `chaos` was asked to break; without a name, the two of the mission. @throws UsageError */
export function experimentsFrom(flags: GivenFlags, names: readonly string[]): ExperimentSettings {
  return {
    scenarios: names.length === 0 ? defaultScenarios : names.map(scenarioOf),
    repeat: wholeNumber('--repeat', flags.repeat, 1, mostRepeats) ?? 1,
    load: loadOf(flags.load),
    budgetMs: duration('--budget', flags.budget),
    consented: flags.consent === true,
    afterGate: false,
  };
}

function scenarioOf(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const names = scenarios.map((scenario) => scenario.name);
  throw new UsageError(
    `chaos: '${name}' is no scenario.${suggestion(name, names)} "milvus-conformance chaos --list" shows them all.`,
  );
}

/** How much is written meanwhile. @throws UsageError */
export function loadOf(given: string | undefined, otherwise: LoadLevel = 'steady'): LoadLevel {
  const level = loadLevels.find((each) => each === (given ?? otherwise));
  if (level !== undefined) return level;
  throw new UsageError(`--load: '${given}' is no load; expected ${loadLevels.join(', ')}`);
}
