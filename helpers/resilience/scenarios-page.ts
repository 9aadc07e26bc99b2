import { inSeconds } from './in-seconds.ts';
import type { Budgets, Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

/** The table of `docs/resilience.md`: what each scenario does, and how long what may be away. */
export function scenariosTable(): string {
  const head = ['Scenario', 'What is done', 'Reads', 'Writes', 'DDL', 'Pods Ready'];
  return [head, head.map(() => '---'), ...scenarios.map(cellsOf)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function cellsOf({ name, summary, budgets, budgetsWithReplicas }: Scenario): readonly string[] {
  const cell = (what: keyof Budgets) => {
    const own = timeOf(budgets, what);
    const other = budgetsWithReplicas === undefined ? own : timeOf(budgetsWithReplicas, what);
    return own === other ? own : `${own}; ${other}`;
  };
  return [`\`${name}\``, summary, cell('search'), cell('insert'), cell('ddl'), cell('pods')];
}

function timeOf(budgets: Budgets, what: keyof Budgets): string {
  const budgetMs = budgets[what];
  return budgetMs === undefined ? 'any' : inSeconds(budgetMs).replace('.0 ', ' ');
}
