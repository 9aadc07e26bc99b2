import type { ExperimentPlan } from '../resilience/experiment.ts';
import type { Scenario } from '../resilience/scenario.ts';
import type { Planned } from '../resilience/plan-experiment.ts';
import { createColors } from 'picocolors';
import type { Look } from './look.ts';
import { labelled } from './wrap.ts';

/** The scenarios, those first that are made by default. */
export function scenariosTable(
  scenarios: readonly Scenario[],
  defaults: readonly Scenario[],
  { colours, width }: Look,
): string {
  const { bold, dim } = createColors(colours);
  const longest = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = (some: readonly Scenario[]) =>
    some.map(({ name, summary }) =>
      labelled(`  ${bold(name.padEnd(longest))}  `, longest + 4, summary, width),
    );
  const others = scenarios.filter((scenario) => !defaults.includes(scenario));
  return [
    dim('By default:'),
    ...lines(defaults),
    '',
    dim('By name:'),
    ...lines(others),
    '',
    dim('"milvus-conformance chaos NAME --dry-run" says which pods it would strike.'),
    '',
  ].join('\n');
}

/** What each experiment would do. */
export function plansText(planned: readonly Planned[], { colours, width }: Look): string {
  const { bold, dim } = createColors(colours);
  const blocks = planned.map(({ plan, nothing }) => {
    const line = (label: string, text: string) => labelled(`  ${dim(label.padEnd(10))}`, 12, text, width);
    return [
      labelled(`${bold(plan.scenario.name)}  `, plan.scenario.name.length + 2, plan.scenario.summary, width),
      ...(nothing === undefined
        ? [
            line('pods', plan.victims.map(({ name, part }) => `${name} (${part})`).join(', ')),
            line('fault', faultText(plan)),
            line('may fail', budgetsText(plan)),
          ]
        : [line('nothing', nothing)]),
    ].join('\n');
  });
  return `${blocks.join('\n\n')}\n\n${dim('Nothing was done.')}\n`;
}

function faultText({ scenario: { fault, timing }, replicasStay }: ExperimentPlan): string {
  const when = timing === 'steady' ? '' : `, while ${during[timing]}`;
  const left = replicasStay ? '; another replica stays' : '; no other replica stays';
  return `${whatOf(fault)}${when}${left}`;
}

const during = {
  flush: 'a flush is under way',
  'index build': 'an index is built',
  load: 'a collection is loaded',
  'delete burst': 'many rows are deleted',
} as const;

function whatOf(fault: Scenario['fault']): string {
  switch (fault.kind) {
    case 'delete-pods': {
      const how = fault.graceSeconds === 0 ? 'killed (deleted with grace period 0)' : 'deleted gracefully';
      return fault.times === undefined ? how : `${how}, ${fault.times} times`;
    }
    case 'kill-container':
      return 'the container’s main program is ended; the pod stays';
    case 'restart-rollout':
      return 'the workload is restarted, pod by pod';
    case 'scale-to-zero':
      return `scaled to 0 for ${fault.downMs / 1000} s, and back`;
    case 'evict':
      return 'evicted, if disruption budgets allow it';
  }
}

function budgetsText({ budgets }: ExperimentPlan): string {
  return Object.entries(budgets)
    .map(([probe, ms]) => `${probe} ${ms === 0 ? 'never' : `for ${ms / 1000} s`}`)
    .join(', ');
}
