import type { CollectionFacts } from '../../../upgrade/snapshot-collection.ts';
import type { Judge } from '../../../engine/context.ts';
import type { Finding } from '../../finding.ts';
import { fail, inconclusive, pass } from '../../outcomes.ts';
import { collectionSubject, counted, nameOf, orPass, pairsOf, sidesOf, type Pair } from './sides.ts';

/** UPG-110. What is new is told and is no fault. */
export const nothingIsLost: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const databases = before.databases.filter((name) => !after.databases.includes(name));
  const there = new Set(after.collections.map(nameOf));
  const unreadNames = new Map(after.unread.map(({ what, error }) => [what, error]));
  const known = new Set(before.collections.map(nameOf));
  const fresh = after.collections.map(nameOf).filter((name) => !known.has(name));
  const listed = fresh.length === 0 ? '' : ` New since then: ${fresh.join(', ')}.`;
  const found: Finding[] = [
    ...databases.map((name) =>
      fail({ kind: 'Database', name }, { observed: 'It is not there any more.', expected: 'The database.' }),
    ),
    ...before.collections
      .filter((each) => !there.has(nameOf(each)))
      .map((each) => {
        const error = unreadNames.get(`collection ${nameOf(each)}`);
        if (error !== undefined) {
          return inconclusive(collectionSubject(each), `It could not be read: ${error}`, 'The collection.');
        }
        return lost(each);
      }),
    ...after.unread
      .filter(({ what }) => !what.startsWith('collection '))
      .map(({ what, error }) =>
        inconclusive(subject, `It cannot be told: ${what}: ${error}`, 'A list of them.'),
      ),
  ];
  const looked = `${counted(before.databases.length, 'database')} and ${counted(before.collections.length, 'collection')} are there.`;
  return orPass(found, subject, looked + listed);
};

function lost(collection: CollectionFacts): Finding {
  const { rows } = collection;
  const held = rows.state === 'read' ? `, which held ${counted(rows.count, 'row')},` : '';
  return {
    ...fail(collectionSubject(collection), {
      observed: `The collection${held} is not there any more.`,
      expected: `It is listed in database ${collection.database}.`,
    }),
    wrong: true,
  };
}

/** UPG-120. */
export const shapeIsKept: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const pairs = pairsOf({ before, after });
  return orPass(pairs.map(compareShape), subject, `${counted(pairs.length, 'collection')} compared.`);
};

/** What is gone or other is a fault; what came on top is listed. */
function compareShape({ before, after, subject }: Pair): Finding {
  const wrong: string[] = [];
  const added: string[] = [];
  const compare = (what: string, was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>) => {
    for (const [name, value] of was) {
      const now = is.get(name);
      if (now === undefined) wrong.push(`${what} ${name} is gone`);
      else if (now !== value) wrong.push(`${what} ${name} was ${value} and is ${now}`);
    }
    for (const name of is.keys()) if (!was.has(name)) added.push(`${what} ${name}`);
  };
  compare('field', fieldsOf(before), fieldsOf(after));
  compare('index', indexesOf(before), indexesOf(after));
  const names = (list: readonly string[]) => new Map(list.map((name) => [name, '']));
  compare('function', names(before.schema.functions), names(after.schema.functions));
  compare(
    'partition',
    names(before.partitions.map(({ name }) => name)),
    names(after.partitions.map(({ name }) => name)),
  );
  compare('alias', names(before.aliases), names(after.aliases));
  compare('property', new Map(Object.entries(before.properties)), new Map(Object.entries(after.properties)));
  compare('setting', settingsOf(before), settingsOf(after));
  const listed = added.length === 0 ? '' : ` Added, which an upgrade may do: ${added.join(', ')}.`;
  if (wrong.length === 0) return pass(subject, `As it was.${listed}`);
  return fail(subject, { observed: `${wrong.join('; ')}.${listed}`, expected: 'What was there before.' });
}

function fieldsOf({ schema }: CollectionFacts): ReadonlyMap<string, string> {
  return new Map(
    schema.fields.map(({ name, params, ...field }) => [
      name,
      JSON.stringify({ ...field, params: ordered(params) }),
    ]),
  );
}

/**
 * Parameters that a version fills in by itself are no difference: only those that were there before are compared, so
 * both sides keep what says which index it is.
 */
const telling: readonly string[] = [
  'index_type',
  'metric_type',
  'M',
  'efConstruction',
  'nlist',
  'm',
  'nbits',
];

function indexesOf({ indexes }: CollectionFacts): ReadonlyMap<string, string> {
  return new Map(
    indexes.map(({ name, field, params }) => {
      const told = telling.flatMap((key) => (params[key] === undefined ? [] : [`${key} ${params[key]}`]));
      return [name, `on ${field}: ${told.join(', ')}`];
    }),
  );
}

function settingsOf({ schema, shards, consistency }: CollectionFacts): ReadonlyMap<string, string> {
  return new Map([
    ['shards', String(shards)],
    ['consistency level', consistency],
    ['dynamic fields', String(schema.dynamic)],
  ]);
}

function ordered(params: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
