import { takeContents } from '../helpers/upgrade/take-snapshot.ts';

/** The contents of one snapshot, in a process of its own; prints what it took. Arguments: address, rows. */
const [address, rows] = process.argv.slice(2);
if (address === undefined || rows === undefined) throw new Error('usage: upgrade-once.ts ADDRESS ROWS');

const { collections, unread, cost } = await takeContents({
  target: { address },
  limits: { rows: Number(rows), rowsPerSecond: 1_000_000_000 },
  unfinished: undefined,
  before: undefined,
  isOwn: () => false,
  signal: new AbortController().signal,
  progress: () => undefined,
});
if (unread.length > 0) throw new Error(JSON.stringify(unread));
const bad = collections.find((each) => each.rows.state !== 'read');
if (bad !== undefined) throw new Error(JSON.stringify(bad.rows));
console.log(
  JSON.stringify({
    collections: collections.length,
    ...cost,
    peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
