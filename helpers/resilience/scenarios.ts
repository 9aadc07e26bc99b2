import type { Scenario } from './scenario.ts';
import { components } from './scenarios/components.ts';
import { everything } from './scenarios/everything.ts';
import { stores } from './scenarios/stores.ts';
import { timed } from './scenarios/timed.ts';
import { ways } from './scenarios/ways.ts';

/** Every experiment that `chaos` can make, in the order in which it lists them. */
export const scenarios: readonly Scenario[] = [...components, ...stores, ...ways, ...timed, ...everything];

const byDefault = ['querynode-kill', 'datanode-kill'];

/** Those that are made where none is named. */
export const defaultScenarios: readonly Scenario[] = scenarios.filter(({ name }) => byDefault.includes(name));
