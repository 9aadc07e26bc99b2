import type { Result } from '../../milvus/outcome.ts';
import type { Mark } from '../../milvus/requests.ts';
import type { ScenarioClient } from '../../milvus/scenario-client.ts';
import type { ScenarioRequest } from './record.ts';
import { keyFieldOf, keyOf } from './rows.ts';
import type { Scenario } from './scenario.ts';

/** What the steps of one scenario share. */
export interface Stage {
  readonly client: ScenarioClient;
  /** Which of the scenario's clients it is. */
  readonly clientNumber: number;
  readonly scenario: Scenario;
  readonly collection: string;
  readonly alias: string;
  readonly seed: number;
  /** Keys that the server made, by the row's number. */
  readonly generatedKeys: Map<number, string>;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  /** On the clock of `now`, ms. */
  readonly deadline: number;
  readonly now: () => number;
}

/** What a scenario's second collection, its database and its alias are called. */
export function namesOf(collection: string) {
  return {
    second: `${collection}_second`,
    database: `${collection}_database`,
    alias: `${collection}_alias`,
  } as const;
}

/** Marks the operations of one step. */
export type Marker = (also?: Partial<ScenarioRequest>) => Mark;

export function markerOf(scenario: string, at: number, text: string, client = 0): Marker {
  const by = client === 0 ? {} : { client };
  return (also = {}) => ({ step: `${scenario}: ${text}`, request: { scenario, at, ...by, ...also } });
}

/** Why a result ends the scenario; undefined when it does not. */
export function refusal(result: Result<unknown>): string | undefined {
  return result.state === 'ok' ? undefined : `${result.code}: ${result.message}`;
}

export function keyField({ scenario }: Stage): string {
  return keyFieldOf(scenario).name;
}

/** A filter for the rows of these numbers, by their keys; rows that never got a key are left out. */
export function byKeys(stage: Stage, numbers: readonly number[]): string {
  const { scenario, seed, generatedKeys } = stage;
  const keys = numbers.flatMap((number) => keyOf(scenario, seed, number) ?? generatedKeys.get(number) ?? []);
  return `${keyField(stage)} in [${keys.map((key) => literal(stage, key)).join(', ')}]`;
}

/** A key as the filter language writes it. */
export function literal({ scenario }: Stage, key: string): string {
  return keyFieldOf(scenario).type === 'VarChar' ? JSON.stringify(key) : key;
}

export function inChunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
