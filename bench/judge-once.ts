import { judgeLedger } from '../helpers/verdict/judges/ledger/judge-ledger.ts';
import { readLedger } from '../helpers/workload/ledger/read-ledger.ts';

/** Reads and judges one history in a process of its own; prints what it took. Argument: history.jsonl. */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: judge-once.ts HISTORY');

const began = performance.now();
const { header, ledger, complete } = await readLedger(file);
const read = performance.now();
const { seed } = header;
const limits = { boundedMs: 6000, eventuallyMs: 30_000, callTimeoutMs: 10_000 };
const { wrongs, acked, sightings, unread } = judgeLedger(ledger, { ...limits, seed, complete });
console.log(
  JSON.stringify({
    operations: ledger.entries,
    calls: ledger.calls,
    acked,
    sightings,
    unread,
    wrong: wrongs.map(({ verdict, keyCount }) => ({ verdict, keyCount })),
    readMs: Math.round(read - began),
    totalMs: Math.round(performance.now() - began),
    cpuMs: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000),
    peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
