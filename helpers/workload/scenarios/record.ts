import { z } from 'zod';
import type { History, Operation, Outcome } from '../history.ts';

/** What every request of a scenario says in the history. */
const request = z.object({
  scenario: z.string(),
  /** Which step: 0 makes the collection, 1 is the first of the plan; the one after the last removes it again. */
  at: z.number().int(),
  /** Number of the client, from 0, the default. */
  client: z.number().int().optional(),
  /** Rows that a write or a read by key is about. */
  rows: z.object({ from: z.number().int(), to: z.number().int() }).optional(),
  /** Number of the query vector. */
  query: z.number().int().optional(),
  /** A look at how far something is, and ms that it may take. */
  budgetMs: z.number().optional(),
});
export type ScenarioRequest = z.infer<typeof request>;

const values = {
  written: z.object({ count: z.number(), keys: z.array(z.string()).optional() }),
  rows: z.object({ rows: z.array(z.object({ key: z.string(), checksum: z.string() })) }),
  count: z.object({ count: z.number() }),
  deleted: z.object({ deleted: z.number() }),
  hits: z.object({ hits: z.array(z.object({ key: z.string(), distance: z.number() })) }),
  poll: z.object({ done: z.boolean(), state: z.string() }),
  version: z.object({ version: z.string() }),
  list: z.object({ own: z.array(z.string()) }),
};
export type ValueOf<K extends keyof typeof values> = z.infer<(typeof values)[K]>;

/** One operation of a scenario. */
export interface Act {
  readonly operation: Operation;
  readonly request: ScenarioRequest;
  readonly outcome: Outcome;
}

/** Every scenario's operations, in order. Made once per history. */
export function actsOf(history: History, scenario: string): readonly Act[] {
  let byScenario = known.get(history);
  if (byScenario === undefined) {
    byScenario = Map.groupBy(actsIn(history), (act) => act.request.scenario);
    known.set(history, byScenario);
  }
  return byScenario.get(scenario) ?? [];
}

const known = new WeakMap<History, ReadonlyMap<string, readonly Act[]>>();

function actsIn({ operations }: History): Act[] {
  return operations.flatMap((operation) => {
    const parsed = request.safeParse(operation.request);
    return parsed.success ? { operation, request: parsed.data, outcome: operation.outcome } : [];
  });
}

/**
 * What a successful operation answered, as a value of that kind.
 *
 * @throws ZodError where it is not what this version writes
 */
export function valueOf<K extends keyof typeof values>(kind: K, outcome: Outcome): ValueOf<K> | undefined {
  const shapes: { readonly [N in keyof typeof values]: z.ZodType<ValueOf<N>> } = values;
  return outcome.state === 'ok' ? shapes[kind].parse(outcome.value) : undefined;
}

/** Step names outside the scenarios. */
export const versionStep = 'server version';
export const listStep = 'list at the end';
