import { numbersOf, rowSent } from './rows.ts';
import type { Step } from './scenario.ts';
import { byKeys, inChunks, type Marker, refusal, type Stage } from './stage.ts';

type Write = Extract<Step, { act: 'insert' | 'upsert' }>;

const rowsPerCall = 500;
const keysPerDelete = 1000;

export async function write(stage: Stage, mark: Marker, step: Write): Promise<string | undefined> {
  const { client, collection, scenario, seed, generatedKeys } = stage;
  const { act, generation = 0, perCall = rowsPerCall, partition } = step;
  for (const numbers of inChunks(numbersOf(step.rows), perCall)) {
    const rows = numbers.map((number) => rowSent(scenario, seed, number, generation));
    const range = { from: numbers[0] ?? 0, to: numbers.at(-1) ?? 0 };
    const written = await client.write(mark({ rows: range }), act, collection, rows, partition);
    if (written.state !== 'ok') return refusal(written);
    const { count, keys } = written.value;
    if (count !== rows.length) return `${count} of ${rows.length} rows acknowledged.`;
    for (const [index, number] of numbers.entries()) {
      const key = keys[index];
      if (key !== undefined) generatedKeys.set(number, key);
    }
  }
  return undefined;
}

export async function deleteRows(
  stage: Stage,
  mark: Marker,
  step: Extract<Step, { act: 'delete' }>,
): Promise<string | undefined> {
  for (const numbers of inChunks(numbersOf(step.rows), keysPerDelete)) {
    const range = { from: numbers[0] ?? 0, to: numbers.at(-1) ?? 0 };
    const filter = byKeys(stage, numbers);
    const reason = refusal(await stage.client.remove(mark({ rows: range }), stage.collection, filter));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

export async function deleteWhere(
  { client, collection }: Stage,
  mark: Marker,
  step: Extract<Step, { act: 'delete where' }>,
): Promise<string | undefined> {
  return refusal(await client.remove(mark(), collection, step.filter.text, step.partition));
}
