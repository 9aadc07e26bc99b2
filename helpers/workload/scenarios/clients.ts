import { openScenarioClient, type ScenarioClient } from '../../milvus/scenario-client.ts';
import type { CallLimits } from '../../milvus/sdk.ts';
import type { MilvusTarget } from '../../milvus/target.ts';
import { openEach } from '../open-each.ts';
import type { Recorder } from '../recorder.ts';
import type { Scenario, Step } from './scenario.ts';

/** The clients of one scenario. Disposing it closes them. */
export interface ScenarioClients extends AsyncDisposable {
  readonly first: ScenarioClient;
  readonly each: readonly ScenarioClient[];
  /** Its database is the one of the scenario's own. */
  readonly inDatabase: ScenarioClient | undefined;
}

interface ChosenClient {
  readonly client: ScenarioClient;
  readonly clientNumber: number;
}

/** Opens the scenario's clients; several go through one proxy each, as far as there are. `targets` are the proxies. */
export async function openClients(
  targets: readonly MilvusTarget[],
  recorder: Recorder,
  { clients = 1, second }: Scenario,
  database: string,
  limits: CallLimits,
): Promise<ScenarioClients> {
  const count = clients === 'each proxy' ? targets.length : clients;
  const chosen = Array.from({ length: count }, (_, number) => targets[number % targets.length] ?? []).flat();
  const own = chosen.slice(0, second === 'database' ? 1 : 0).map((target) => ({ ...target, database }));
  const opened = await openEach([...chosen, ...own], (target) =>
    openScenarioClient(target, recorder, limits),
  );
  const each = opened.each.slice(0, count);
  const [first] = each;
  if (first === undefined) throw new Error('A scenario needs a client.');
  const close = () => opened[Symbol.asyncDispose]();
  return { first, each, inDatabase: opened.each[count], [Symbol.asyncDispose]: close };
}

/** Those that take a step. */
export function clientsOf(step: Step, { each, inDatabase }: ScenarioClients): readonly ChosenClient[] {
  const { client = 0, on } = step;
  if (on === 'second' && inDatabase !== undefined) return [{ client: inDatabase, clientNumber: each.length }];
  const all = each.map((one, number) => ({ client: one, clientNumber: number }));
  if (client === 'each') return all;
  const chosen = all.at(client === 'last' ? -1 : client);
  if (chosen === undefined) throw new Error(`The scenario has no client ${client}.`);
  return [chosen];
}
