import path from 'node:path';
import { execa } from 'execa';

/** Runs every benchmark, one after another so that none disturbs the next; one JSON document on stdout. */
const benches = [
  'start.ts',
  'observe.ts',
  'insert.ts',
  'load.ts',
  'judge.ts',
  'oracle.ts',
  'upgrade.ts',
  'manifests.ts',
] as const;

const results: unknown[] = [];
for (const bench of benches) {
  const { stdout } = await execa(process.execPath, [path.join(import.meta.dirname, bench)], {
    stderr: 'inherit',
    killDescendants: true,
  });
  results.push(JSON.parse(stdout));
}
const { node } = process.versions;
console.log(JSON.stringify({ node, platform: process.platform, arch: process.arch, results }, undefined, 2));
