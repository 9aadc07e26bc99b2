import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';

/**
 * Inserts of 10,000 rows x 768 to a server that looks at none: processor time of the client and rows per second, for
 * this client, for the SDK's `insert`, and for a bare gRPC call with a prepared buffer, which is the limit. JSON on
 * stdout, a table on stderr.
 */
const rows = 10_000;
const dimension = 768;
const goals = { timesLessThanSdk: 10, timesBare: 1.3 } as const;

interface Measured {
  readonly way: string;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rowsPerSecond: number;
  readonly peakMebibytes: number;
}

const sink = execa(process.execPath, [program('insert-sink.ts'), String(rows)], { killDescendants: true });
try {
  const { value: address } = await sink.iterable().next();
  const [packed, sdk, bare] = [await insert('packed'), await insert('sdk'), await insert('bare')];
  const results = { packed, sdk, bare };
  const ratios = { timesLessThanSdk: sdk.cpuMs / packed.cpuMs, timesBare: packed.cpuMs / bare.cpuMs };

  const table = new Table({
    style: { head: [], border: [] },
    head: ['10,000 x 768', 'client CPU ms', 'ms', 'rows/s', 'peak MiB'],
  });
  for (const { way, cpuMs, wallMs, rowsPerSecond, peakMebibytes } of [packed, sdk, bare]) {
    table.push([way, cpuMs, wallMs, rowsPerSecond, peakMebibytes]);
  }
  console.error(table.toString());
  console.log(JSON.stringify({ bench: 'insert', rows, dimension, goals, ratios, results }));

  async function insert(way: string): Promise<Measured> {
    const args = [program('insert-once.ts'), way, String(address), String(rows), String(dimension)];
    const { stdout } = await execa(process.execPath, args, { stderr: 'inherit' });
    return JSON.parse(stdout);
  }
} finally {
  sink.stdin.end();
  await sink;
}

function program(name: string): string {
  return path.join(import.meta.dirname, name);
}
