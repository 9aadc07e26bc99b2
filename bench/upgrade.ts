import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';

/**
 * A snapshot of 1,000 collections of 100 rows, and of one collection with a million rows, read whole and by its keys and
 * a sample of 100,000: time, peak memory, requests and rows, of the reader alone and without its limit of rows a second.
 * Rows are of 32 dimensions and a text. JSON on stdout, a table on stderr.
 */
const cases = [
  { name: '1,000 collections of 100 rows', collections: 1000, held: 100, rows: 100_000 },
  { name: '1,000,000 rows, whole', collections: 1, held: 1_000_000, rows: 1_000_000 },
  { name: '1,000,000 rows, a sample', collections: 1, held: 1_000_000, rows: 100_000 },
] as const;

interface Measured {
  readonly requests: number;
  readonly rows: number;
  readonly durationMs: number;
  readonly peakMebibytes: number;
}

const results: (Measured & { readonly name: string })[] = [];
for (const { name, collections, held, rows } of cases) {
  results.push({ name, ...(await measure(collections, held, rows)) });
}
const table = new Table({
  style: { head: [], border: [] },
  head: ['snapshot of', 'ms', 'peak MiB', 'requests', 'rows read'],
});
for (const { name, durationMs, peakMebibytes, requests, rows } of results) {
  table.push([name, durationMs, peakMebibytes, requests, rows]);
}
console.error(table.toString());
console.log(JSON.stringify({ bench: 'upgrade', results }));

async function measure(collections: number, held: number, rows: number): Promise<Measured> {
  const here = (file: string) => path.join(import.meta.dirname, file);
  await using server = execaServer(here('upgrade-server.ts'), collections, held);
  const { stdout } = await execa(process.execPath, [
    here('upgrade-once.ts'),
    await server.address,
    String(rows),
  ]);
  const { collections: read, ...measured }: Measured & { collections: number } = JSON.parse(stdout);
  if (read !== collections) throw new Error(`of ${collections} collections ${read} were read`);
  return measured;
}

function execaServer(file: string, collections: number, held: number) {
  const child = execa(process.execPath, [file, String(collections), String(held)], {
    ipc: true,
    reject: false,
    stderr: 'inherit',
    buffer: false,
  });
  const address = new Promise<string>((resolve) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
  });
  return {
    address,
    async [Symbol.asyncDispose]() {
      child.kill();
      await child;
    },
  };
}
