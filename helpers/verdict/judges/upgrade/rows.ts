import type { RowsFacts } from '../../../upgrade/snapshot-collection.ts';
import type { Judge } from '../../../engine/context.ts';
import type { Finding } from '../../finding.ts';
import { fail, inconclusive, pass, skipped } from '../../outcomes.ts';
import { counted, orSkipped, pairsOf, sidesOf, type Pair } from './sides.ts';

type Read = Extract<RowsFacts, { state: 'read' }>;

/** UPG-130. */
export const noRowIsLost: Judge = eachPair((was, is, { subject }) => {
  if (is.count < was.count) return lost(subject, was.count - is.count, was.count, is.count, 'count(*)');
  if (is.keys < was.keys) return lost(subject, was.keys - is.keys, was.keys, is.keys, 'distinct keys');
  return pass(subject, `${counted(is.count, 'row')}, ${counted(was.count, 'row')} before.`);
});

function lost(subject: Finding['subject'], by: number, was: number, is: number, what: string): Finding {
  return {
    ...fail(subject, {
      observed: `${counted(by, 'row')} fewer: ${what} was ${was} and is ${is}.`,
      expected: `${counted(was, 'row')}.`,
    }),
    wrong: true,
  };
}

/** UPG-140. `count(*)` counts a row that is there twice as two; a query shows it once. */
export const noRowIsBack: Judge = eachPair((was, is, { subject }) => {
  const twice = is.count - is.keys - (was.count - was.keys);
  if (twice > 0) {
    return wrongly(
      subject,
      `${counted(twice, 'row')} more than there are keys: count(*) is ${is.count}, and ${is.keys} keys are there.`,
      'Each row once.',
    );
  }
  const back = is.keys - was.keys;
  if (back <= 0) return pass(subject, `${counted(is.keys, 'key')}, ${counted(was.keys, 'key')} before.`);
  return wrongly(
    subject,
    `${counted(back, 'row')} more: ${was.keys} keys were there, and ${is.keys} are. Nobody wrote while either side was read, so deleted rows are back.`,
    `${counted(was.keys, 'key')}.`,
  );
});

/** UPG-150. */
export const noRowHasChanged: Judge = eachPair((was, is, { subject }) => {
  if (is.keys !== was.keys)
    return skipped(subject, 'The number of rows is another. UPG-130 or UPG-140 says so.');
  if (is.keysChecksum !== was.keysChecksum) {
    return wrongly(subject, 'As many rows as before, and other keys.', 'The same keys.');
  }
  const fields = was.sample.fields.filter((name) => !is.sample.fields.includes(name));
  if (fields.length > 0) {
    const reason = is.sample.without.map(({ field, reason: why }) => `${field}: ${why}`).join('; ');
    return inconclusive(
      subject,
      `${fields.join(', ')} could be read before and cannot be now${reason === '' ? '.' : `: ${reason}`}`,
      'The same fields.',
    );
  }
  const looked = sampleText(was);
  if (is.sample.checksum === was.sample.checksum) return pass(subject, `${looked}: the same.`);
  return wrongly(
    subject,
    `${looked}: the checksum over ${was.sample.fields.join(', ')} was ${was.sample.checksum} and is ${is.sample.checksum}.`,
    'The same values.',
  );
});

function sampleText({ count, sample }: Read): string {
  const without = sample.without.map(({ field }) => field).join(', ');
  const left = without === '' ? '' : ` without ${without}`;
  return sample.oneIn === 1
    ? `All ${counted(sample.rows, 'row')}${left}`
    : `A sample of ${counted(sample.rows, 'row')} of ${count}${left}`;
}

function wrongly(subject: Finding['subject'], observed: string, expected: string): Finding {
  return { ...fail(subject, { observed, expected }), wrong: true };
}

/** Rows are compared where both sides could be read, and nobody wrote while they were. */
function eachPair(compare: (was: Read, is: Read, pair: Pair) => Finding): Judge {
  return (evidence) => {
    const { before, after, subject } = sidesOf(evidence);
    const pairs = pairsOf({ before, after });
    return orSkipped(
      pairs.map((pair) => rowsOf(pair, compare)),
      subject,
      'No collection was loaded whose rows could be compared.',
    );
  };
}

function rowsOf(pair: Pair, compare: (was: Read, is: Read, pair: Pair) => Finding): Finding {
  const { before, after, subject } = pair;
  const [was, is] = [before.rows, after.rows];
  if (was.state === 'not-loaded') {
    return skipped(subject, 'It was not loaded before, so its rows could not be read.');
  }
  if (was.state === 'failed') {
    return inconclusive(subject, `Its rows could not be read before: ${was.error}`, 'Rows to compare with.');
  }
  if (is.state === 'not-loaded') return skipped(subject, 'It is not loaded. UPG-170 says so.');
  if (is.state === 'failed') return skipped(subject, `Its rows cannot be read: ${is.error} UPG-170 says so.`);
  const expires = Number(before.properties['collection.ttl.seconds'] ?? 0) > 0;
  if (expires) return skipped(subject, 'Its rows expire (collection.ttl.seconds), so they may be fewer.');
  const writing = [was, is].find(({ count, countAfter }) => count !== countAfter);
  if (writing !== undefined) {
    return inconclusive(
      subject,
      `Clients write to it: count(*) went from ${writing.count} to ${writing.countAfter} while its rows were read.`,
      'Two snapshots between which nobody writes.',
    );
  }
  return compare(was, is, pair);
}
