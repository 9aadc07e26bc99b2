import { availableParallelism } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import { type DenseMetric, nearest, type VectorSet } from '../helpers/workload/oracle.ts';
import { nearestOfEach } from '../helpers/workload/oracle/of-each.ts';
import { ThreadedOracle } from '../helpers/workload/oracle/threaded.ts';
import { queryVector, rowOf } from '../helpers/workload/seeded.ts';
import { median } from './median.ts';

/**
 * Exact top 10 of 100,000 vectors of 768 components: by a plain loop, by the oracle on one thread and on all, beside
 * the time that reading those vectors from memory once takes. JSON on stdout, a table on stderr.
 */
const rows = 100_000;
const dimension = 768;
const k = 10;
const runs = 9;
const goals = { timesBandwidth: 2 } as const;

const set = makeSet();
const queries = Array.from({ length: runs }, (_, index) => queryVector(1, index, dimension));
const fours = queries.slice(0, 8);
await using threads = await ThreadedOracle.open(set);

const processors = availableParallelism();
const oneBytesPerSecond = await bandwidth(1);
const bytesPerSecond = await bandwidth(processors);
const results = [
  await measure('plain loop', 1, async (query) => plainLoop(query)),
  ...(await both('L2')),
  ...(await both('IP')),
  ...(await both('COSINE')),
];

const table = new Table({
  style: { head: [], border: [] },
  head: ['exact top 10 of 100,000 x 768', 'threads', 'ms', 'queries/s', 'x bandwidth'],
});
for (const { name, on, ms, queriesPerSecond, timesBandwidth } of results) {
  table.push([name, on, ms.toFixed(1), queriesPerSecond.toFixed(1), timesBandwidth.toFixed(2)]);
}
console.error(table.toString());
console.log(
  JSON.stringify({ bench: 'oracle', runs, goals, processors, oneBytesPerSecond, bytesPerSecond, results }),
);

async function both(metric: DenseMetric) {
  return [
    await measure(metric, 1, async (query) => nearest(set, query, k, { metric })),
    await measure(metric, processors, (query) => threads.nearest(query, k, { metric })),
    ofEach(metric),
  ];
}

/** `timesBandwidth`: how often the vectors could have been read, by as many threads, in the time of one query. */
async function measure(name: string, on: number, search: (query: Float32Array) => Promise<unknown>) {
  const times: number[] = [];
  for (const query of queries) {
    const began = performance.now();
    await search(query);
    times.push(performance.now() - began);
  }
  const ms = median(times);
  const readMs = (set.vectors.byteLength / (on === 1 ? oneBytesPerSecond : bytesPerSecond)) * 1000;
  return { name, on, ms, queriesPerSecond: 1000 / ms, timesBandwidth: ms / readMs };
}

/** All queries together, four to a pass over the vectors: each has its share of the time. */
function ofEach(metric: DenseMetric) {
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    nearestOfEach(set, fours, k, { metric });
    return (performance.now() - began) / fours.length;
  });
  const ms = median(times);
  const readMs = (set.vectors.byteLength / oneBytesPerSecond) * 1000;
  return { name: `${metric}, 4 a pass`, on: 1, ms, queriesPerSecond: 1000 / ms, timesBandwidth: ms / readMs };
}

/** As one writes it at first: a list of distances, sorted. */
function plainLoop(query: Float32Array): readonly { key: number; distance: number }[] {
  const distances: { key: number; distance: number }[] = [];
  for (let row = 0; row < rows; row += 1) {
    let distance = 0;
    for (let index = 0; index < dimension; index += 1) {
      const difference = (set.vectors[row * dimension + index] ?? 0) - (query[index] ?? 0);
      distance += difference * difference;
    }
    distances.push({ key: row, distance });
  }
  return distances.toSorted((left, right) => left.distance - right.distance).slice(0, k);
}

function makeSet(): VectorSet {
  const vectors = new Float32Array(rows * dimension);
  const keys = Array.from({ length: rows }, (_, key) => key);
  for (const key of keys) vectors.set(rowOf(1, key, dimension).vector, key * dimension);
  return { dimension, keys, vectors };
}

/** Bytes per second that so many processes read at the same time. */
async function bandwidth(processes: number): Promise<number> {
  const reads = Array.from({ length: processes }, async () => {
    const { stdout } = await execa(process.execPath, [path.join(import.meta.dirname, 'bandwidth-once.ts')]);
    return Number(stdout);
  });
  return (await Promise.all(reads)).reduce((sum, each) => sum + each, 0);
}
