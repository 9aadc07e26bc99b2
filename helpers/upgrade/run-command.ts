import { execa, ExecaError } from 'execa';
import writeFileAtomic from 'write-file-atomic';
import { isRecord } from '../kubernetes/json.ts';
import { commandText, type Command } from './change.ts';

/**
 * Runs commands one after the other; `say` gets their last line.
 *
 * @returns why one of them failed, in its own words; those after it are not run
 * @throws the signal's reason when aborted
 */
export async function runCommands(
  commands: readonly Command[],
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const command of commands) {
    say(commandText(command));
    try {
      await run(command, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExecaError)) throw error;
      const words = wordsOf(error.stderr);
      return `"${commandText(command)}" failed: ${words === '' ? error.shortMessage : words}`;
    }
  }
  return undefined;
}

async function run({ program, args }: Command, signal: AbortSignal): Promise<string> {
  const { stdout } = await execa(program, args, { stdin: 'ignore', cancelSignal: signal });
  return stdout;
}

function wordsOf(stderr: unknown): string {
  return typeof stderr === 'string' ? stderr.trim() : '';
}

/** Kinds that are not put back: what they hold is not the manifest's, or must not be written down. */
const notKept: ReadonlySet<unknown> = new Set([
  'Secret',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Pod',
  'Job',
]);

/**
 * Saves the objects that a manifest will change as they are now, without what the server added, so that they can be
 * applied again. Secrets are left out.
 *
 * @throws Error with kubectl's words
 */
export async function saveObjects(get: Command, file: string, signal: AbortSignal): Promise<void> {
  const list: unknown = JSON.parse((await run(get, signal)) || '{}');
  const found = isRecord(list) && Array.isArray(list['items']) ? list['items'] : [list];
  const items = found.filter(isRecord).flatMap(({ apiVersion, kind, metadata, status: _seen, ...rest }) => {
    if (kind === undefined || notKept.has(kind) || !isRecord(metadata)) return [];
    const { name, namespace, labels, annotations } = metadata;
    return [
      { apiVersion, kind, metadata: { name, namespace, labels, annotations: ownOf(annotations) }, ...rest },
    ];
  });
  await writeFileAtomic(file, `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`, {
    mode: 0o600,
  });
}

function ownOf(annotations: unknown): object {
  if (!isRecord(annotations)) return {};
  return Object.fromEntries(
    Object.entries(annotations).filter(([name]) => !/^(kubectl|deployment)\.kubernetes\.io\//.test(name)),
  );
}
