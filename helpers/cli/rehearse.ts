import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { UsageError } from '../engine/usage-error.ts';
import { defaultScenarios } from '../resilience/scenarios.ts';
import { runAndPrint } from './gate.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';
import { say } from './output.ts';

/**
 * Tries a manifest before it is applied anywhere: on the embedded cluster, with the gate, a query node kill and a data
 * node kill, in one verdict.
 * @throws UsageError
 */
export async function rehearse(flags: GivenFlags, [file]: readonly string[]): Promise<number> {
  if (file === undefined) throw new UsageError('rehearse: name a rendered manifest, or - for stdin');
  say(
    'A simulation: this shows what the manifest makes of Milvus in miniature, and nothing of a real cluster.',
  );
  await using given = file === '-' ? await fromStdin() : undefined;
  const settings = settingsFrom({ ...flags, manifest: given?.file ?? file });
  return await runAndPrint(
    {
      ...settings,
      experiments: {
        scenarios: defaultScenarios,
        repeat: 1,
        load: 'steady',
        budgetMs: undefined,
        consented: true,
        afterGate: true,
      },
    },
    flags.json === true,
  );
}

async function fromStdin(): Promise<AsyncDisposable & { readonly file: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'milvus-conformance-'));
  const file = path.join(folder, 'stdin.yaml');
  await writeFile(file, await text(process.stdin));
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
