import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { componentRoles } from '../topology/model.ts';
import { budgetNames, type Fault } from './scenario.ts';
import { defaultScenarios, scenarios } from './scenarios.ts';
import { scenariosTable } from './scenarios-page.ts';

const page = join(import.meta.dirname, '../../docs/resilience.md');

test('every scenario has a name of its own, a sentence, and a budget for all that it may take away', () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  for (const { summary, budgets, budgetsWithReplicas = budgets } of scenarios) {
    expect(summary).toMatch(/^[A-Z].*\.$/);
    for (const name of budgetNames) {
      expect(budgets[name]).toBeGreaterThan(0);
      expect(budgetsWithReplicas[name]).toBeLessThanOrEqual(budgets[name] ?? 0);
    }
  }
});

test('without a name the two of the mission are made', () => {
  expect(defaultScenarios.map(({ name }) => name)).toEqual(['querynode-kill', 'datanode-kill']);
});

test('every component can be struck, every store, everything, and in each way', () => {
  const targets = scenarios.flatMap((scenario) => scenario.targets);
  const roles = targets.flatMap((target) => (target.kind === 'component' ? target.roles : []));
  expect(new Set(roles)).toEqual(new Set(componentRoles));
  const struck = targets.map((target) =>
    target.kind === 'store' ? `${target.store} ${target.pick}` : target.kind,
  );
  expect(struck).toEqual(
    expect.arrayContaining([
      'metadata one',
      'metadata leader',
      'metadata all',
      'object one',
      'log one',
      'log all',
      'milvus',
    ]),
  );
  const ways: readonly Fault['kind'][] = [
    'delete-pods',
    'kill-container',
    'restart-rollout',
    'scale-to-zero',
    'evict',
  ];
  expect(new Set(scenarios.map(({ fault }) => fault.kind))).toEqual(new Set(ways));
  expect(new Set(scenarios.map(({ timing }) => timing))).toEqual(
    new Set(['steady', 'flush', 'index build', 'load', 'delete burst']),
  );
});

test('docs/resilience.md has every scenario with its budgets; "npx vitest run --project unit -u" renews it', async () => {
  const [before, , after] = readFileSync(page, 'utf8').split(/^<!-- scenarios -->$/m);
  const renewed = [before, `\n\n${scenariosTable()}\n\n`, after].join('<!-- scenarios -->');
  await expect(renewed).toMatchFileSnapshot(page);
});
