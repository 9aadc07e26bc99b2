import type { SearchFacts } from '../../../upgrade/snapshot-collection.ts';
import { roundingOf, sameDistance } from '../../../workload/oracle.ts';
import type { Judge } from '../../../engine/context.ts';
import type { Finding } from '../../finding.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../outcomes.ts';
import { counted, orPass, orSkipped, pairsOf, sidesOf, type Pair } from './sides.ts';

const loaded = 'LoadStateLoaded';

/** UPG-170. */
export const loadedAnswers: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const pairs = pairsOf({ before, after }).filter((pair) => pair.before.loadState === loaded);
  return orPass(pairs.map(isServed), subject, `${counted(pairs.length, 'collection')} loaded, each answers.`);
};

function isServed({ after, subject }: Pair): Finding {
  if (after.loadState !== loaded) {
    return fail(subject, {
      observed: `It was loaded, and is ${after.loadState.replace(/^LoadState/, '')}.`,
      expected: 'Loaded.',
    });
  }
  if (after.rows.state === 'failed') {
    return fail(subject, { observed: `It answers no query: ${after.rows.error}`, expected: 'An answer.' });
  }
  const failed = after.searches.find(({ answer }) => answer.state === 'failed');
  if (failed?.answer.state === 'failed') {
    return fail(subject, {
      observed: `It answers no search on ${failed.field}: ${failed.answer.error}`,
      expected: 'An answer.',
    });
  }
  return pass(subject, 'Loaded, and it answers.');
}

/** Kinds of indexes that find just the nearest rows. */
const exactIndexes: ReadonlySet<string> = new Set(['FLAT', 'BIN_FLAT', '']);

/** UPG-180. */
export const searchesAgree: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const pairs = pairsOf({ before, after });
  return orSkipped(
    pairs.map(searchesOf),
    subject,
    'No collection was loaded with an index that could be asked.',
  );
};

function searchesOf(pair: Pair): Finding {
  const { before, after, subject } = pair;
  if (before.searches.length === 0) return skipped(subject, 'No sample search was made before.');
  if (!rowsAreSame(pair))
    return skipped(subject, 'Its rows are not the same, or were not compared. Other checks say so.');
  const asked = before.searches.flatMap((was) => {
    const is = after.searches.find((each) => each.field === was.field && each.query === was.query);
    return is === undefined ? [] : [{ was, is }];
  });
  if (asked.length === 0) return skipped(subject, 'No sample search could be made after.');
  const found = asked.map(({ was, is }) => compareSearch(pair, was, is));
  const worst = (outcome: Finding['outcome']) => found.find((each) => each.outcome === outcome);
  return (
    worst('fail') ??
    worst('inconclusive') ??
    worst('warn') ??
    pass(subject, `${counted(asked.length, 'search')} answered as before.`.replace('searchs', 'searches'))
  );
}

function rowsAreSame({ before, after }: Pair): boolean {
  const [was, is] = [before.rows, after.rows];
  return (
    was.state === 'read' &&
    is.state === 'read' &&
    was.keysChecksum === is.keysChecksum &&
    was.sample.checksum === is.sample.checksum &&
    was.count === is.count
  );
}

function compareSearch({ before, subject }: Pair, was: SearchFacts, is: SearchFacts): Finding {
  const where = `search ${was.query} on ${was.field} (${was.index}, ${was.metric})`;
  if (was.answer.state === 'failed') {
    return inconclusive(
      subject,
      `${where} got no answer before: ${was.answer.error}`,
      'An answer to compare with.',
    );
  }
  if (is.answer.state === 'failed') return skipped(subject, 'A search got no answer. UPG-170 says so.');
  const [old, now] = [was.answer.distances, is.answer.distances];
  const expected = `Distances ${shown(old)}.`;
  if (now.length < old.length) {
    return fail(subject, {
      observed: `${where} found ${now.length} rows, and ${old.length} before.`,
      expected,
    });
  }
  const dimension = Number(before.schema.fields.find(({ name }) => name === was.field)?.params['dim'] ?? 1);
  const same = (one: number, other: number) => sameDistance(one, other, roundingOf(dimension));
  const better = was.metric === 'IP' || was.metric === 'COSINE' ? -1 : 1;
  const disordered = now.some(
    (distance, at) =>
      at > 0 && better * (distance - (now[at - 1] ?? distance)) < 0 && !same(distance, now[at - 1] ?? 0),
  );
  if (disordered)
    return fail(subject, { observed: `${where} gave its hits out of order: ${shown(now)}.`, expected });
  const moved = old.filter((distance, at) => !same(distance, now[at] ?? Number.NaN)).length;
  if (moved === 0) return pass(subject, where);
  if (exactIndexes.has(was.index)) {
    return fail(subject, { observed: `${where} gave other distances: ${shown(now)}.`, expected });
  }
  // An approximate index that was built again may find some other rows; it must not find worse ones.
  const worse = old.filter((distance, at) => {
    const other = now[at] ?? Number.NaN;
    return !same(distance, other) && better * (other - distance) > 0;
  }).length;
  if (worse * 2 <= old.length) return pass(subject, where);
  return warn(subject, {
    observed: `${where} found farther rows in ${worse} of ${old.length} places: ${shown(now)}.`,
    expected,
  });
}

function shown(distances: readonly number[]): string {
  return distances.map((distance) => String(Number(distance.toPrecision(5)))).join(', ');
}
