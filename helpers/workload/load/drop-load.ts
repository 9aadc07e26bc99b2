import { openScenarioClient } from '../../milvus/scenario-client.ts';
import type { LoadSettings } from './contract.ts';
import { loadSteps } from './record.ts';

const step = loadSteps.drop;
const callTimeoutMs = 10_000;

/**
 * Removes what a load made, the last first, on a connection of its own, and looks whether anything is left: the last
 * list in the history says so. Collections whose making was never answered are found by their names.
 *
 * @throws the signal's reason when aborted
 */
export async function dropLoad({ target, recorder, plan, signal, progress }: LoadSettings): Promise<void> {
  progress('Load: remove the collections');
  await using client = await openScenarioClient(target, recorder, { callTimeoutMs, signal });
  const { still, ledger, scratch } = plan.collections;
  const list = async (prefix: string) => {
    const listed = await client.listCollections({ step, request: { collection: prefix } }, prefix);
    return listed.state === 'ok' ? listed.value.own : undefined;
  };
  for (const prefix of [scratch, ledger, still]) {
    // Where no list is given, what is known by name is dropped unseen.
    const own = (await list(prefix)) ?? (prefix === scratch ? [] : [prefix]);
    for (const collection of own.toSorted().toReversed()) {
      await client.dropCollection({ step, request: { collection } }, collection);
    }
  }
  for (const prefix of [scratch, ledger, still]) await list(prefix);
}
