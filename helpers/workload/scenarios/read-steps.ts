import { z } from 'zod';
import type { Reading } from '../../milvus/scenario-client.ts';
import { checksumOf, comparedFields, keyFieldOf, numbersOf } from './rows.ts';
import type { Step } from './scenario.ts';
import { byKeys, inChunks, keyField, literal, type Marker, type Stage } from './stage.ts';

type Of<A extends Step['act']> = Extract<Step, { act: A }>;

const keysPerQuery = 1000;
/** More pages than any scenario has rows for: a server that gives the same page again ends too. */
const mostPages = 100;

export async function readRows(stage: Stage, mark: Marker, step: Of<'read'>): Promise<undefined> {
  for (const numbers of inChunks(numbersOf(step.rows), step.perCall ?? keysPerQuery)) {
    const rows = { from: numbers[0] ?? 0, to: numbers.at(-1) ?? 0 };
    await select(stage, mark({ rows }), byKeys(stage, numbers), step);
  }
}

export async function selectRows(stage: Stage, mark: Marker, step: Of<'select'>): Promise<undefined> {
  await select(stage, mark(), step.filter.text, step);
}

export async function countRows(
  { client, collection }: Stage,
  mark: Marker,
  step: Of<'count'>,
): Promise<undefined> {
  await client.countRows(mark(), collection, step.filter?.text ?? '', step);
}

/** Each page begins after the last key of the one before: rows come in the order of their keys. */
export async function readPages(stage: Stage, mark: Marker, step: Of<'page'>): Promise<undefined> {
  const first = keyFieldOf(stage.scenario).type === 'VarChar' ? '""' : '-9223372036854775807';
  let after = `${keyField(stage)} > ${first}`;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await select(stage, mark({ query: page }), after, step, step.rowsPerPage);
    const last = answer.state === 'ok' ? answer.value.rows.at(-1) : undefined;
    if (answer.state !== 'ok' || last === undefined || answer.value.rows.length < step.rowsPerPage) return;
    after = `${keyField(stage)} > ${literal(stage, last.key)}`;
  }
}

/** What the schema does not name comes back in one field. */
const rowRead = z.looseObject({ $meta: z.record(z.string(), z.unknown()).optional() });

function select(
  { client, collection, scenario }: Stage,
  asked: ReturnType<Marker>,
  filter: string,
  { partitions, level }: Reading,
  limit?: number,
) {
  const key = keyFieldOf(scenario).name;
  const row = rowRead.transform(({ $meta, ...named }) => {
    return { key: String(named[key]), checksum: checksumOf(scenario, { ...$meta, ...named }) };
  });
  return client.select(asked, collection, {
    filter,
    fields: [...new Set([key, ...comparedFields(scenario).map(({ name }) => name)])],
    row,
    ...(partitions !== undefined && { partitions }),
    ...(level !== undefined && { level }),
    ...(limit !== undefined && { limit }),
  });
}
