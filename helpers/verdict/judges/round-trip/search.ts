import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import type { Neighbour } from '../../../workload/oracle.ts';
import { vectorOfQuery } from '../../../workload/round-trip-plan.ts';
import { type Done, operationsOf, type RowSeen } from '../../../workload/round-trip-record.ts';
import type { Row } from '../../../workload/seeded.ts';
import type { Finding } from '../../finding.ts';
import { evidenceOf, roundTripJudge, subjectOf, unsuccessful } from './frame.ts';
import { countOf } from './key-ranges.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import { type Deviation, deviationOf, type SearchVerdict } from './search-answer.ts';

type Search = Done<'search' | 'search after delete'>;

/**
 * RTP-060. An answer is right when it is exact over the rows that were written, or over those that a read by key
 * shows: rows that are lost, torn, phantoms or resurrected are found by RTP-070 and RTP-090, and a search that
 * agrees with them is not wrong a second time.
 */
export const searchIsExact: Judge = roundTripJudge({
  step: 'search',
  look: (history) => [
    ...unsuccessful(history, 'search', 'The nearest rows.'),
    ...unsuccessful(history, 'search after delete', 'The nearest rows.'),
    ...wrongAnswers(history),
  ],
  passed: (history) => `${countOf(searchesOf(history).length, 'search', 'searches')} exact.`,
});

function searchesOf(history: History): readonly Search[] {
  return [...operationsOf(history, 'search'), ...operationsOf(history, 'search after delete')];
}

interface Wrong {
  readonly search: Search;
  readonly deviation: Deviation;
}

function wrongAnswers(history: History): readonly Finding[] {
  const ledger = ledgerOf(history);
  const wrong = searchesOf(history).flatMap((search): Wrong[] => {
    const deviation = judgeSearch(search, ledger, history.header.seed);
    return deviation === undefined ? [] : [{ search, deviation }];
  });
  const byVerdict = Map.groupBy(wrong, ({ deviation }) => deviation.verdict);
  return [...byVerdict].map(([verdict, found]) => finding(history, verdict, found));
}

function judgeSearch(
  { operation, request, outcome }: Search,
  ledger: Ledger,
  seed: number,
): Deviation | undefined {
  if (outcome.state !== 'ok') return undefined;
  const { hits } = outcome.value;
  const afterDelete = operation.step === 'search after delete';
  const ignored = new Set([...ledger.torn, ...ledger.phantoms.map((row) => row.key)]);
  if (afterDelete) for (const key of ledger.deleted) ignored.add(key);
  const vector = vectorOfQuery(seed, request.query, ledger.dimension);
  const question = { vector, k: request.k, ignored };
  const deviation = deviationOf(hits, { ...question, rows: ledger.written });
  const seen = afterDelete ? ledger.seenAfterDelete : ledger.seen;
  if (deviation === undefined || seen === undefined) return deviation;
  return deviationOf(hits, { ...question, rows: among(ledger.written, seen) }) && deviation;
}

function among(written: ReadonlyMap<number, Row>, seen: readonly RowSeen[]): ReadonlyMap<number, Row> {
  const keys = new Set(seen.map((row) => row.key));
  return new Map([...written].filter(([key]) => keys.has(key)));
}

const meanings: Readonly<Record<SearchVerdict, string>> = {
  SHORT: 'fewer hits than there are rows to find',
  WRONG_ORDER: 'hits that are not in the order of their distances',
  WRONG_DISTANCE: 'distances that are not those of the rows',
  WRONG_ROW: 'rows that are not the nearest',
};

function finding(history: History, verdict: SearchVerdict, found: readonly Wrong[]): Finding {
  const { seed } = history.header;
  const [first] = found;
  const searches = `${found.length} of ${searchesOf(history).length} searches`;
  return {
    outcome: 'fail',
    wrong: true,
    subject: subjectOf(history),
    observed: `${verdict}: ${searches} gave ${meanings[verdict]}; in the first, ${first?.deviation.text}.`,
    expected: `The answer of brute force over the rows written. Repeat with seed ${seed}.`,
    evidence: found.slice(0, shown).map(({ search, deviation }) => {
      const { kind, number } = search.request.query;
      const asked = `${kind} vector ${number}, k ${search.request.k}`;
      return evidenceOf(
        search,
        `${asked}: expected ${hitsText(deviation.expected)}; got ${hitsText(deviation.got)}.`,
      );
    }),
  };
}

const shown = 3;

function hitsText(hits: readonly Neighbour[]): string {
  return hits.length === 0 ? 'nothing' : hits.map(({ key, distance }) => `${key} (${distance})`).join(', ');
}
