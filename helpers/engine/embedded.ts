import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { z } from 'zod';
import { EnvironmentError } from '../kubernetes/errors.ts';
import { codeExtension, codeRoot } from './package.ts';
import type { Destination } from './settings.ts';

/** A running embedded cluster, reached as any cluster is. Disposing stops its processes and removes its folder. */
export interface EmbeddedCluster extends AsyncDisposable {
  readonly kubeconfig: string;
  /** Where the deployment is: the one asked for, or the one that the manifest itself names. */
  readonly namespace: string;
  /** What it runs, for the reports: the layout's name, or the manifest's file name. */
  readonly layout: string;
}

type EmbeddedDestination = Extract<Destination, { kind: 'embedded' | 'manifest' }>;

const readyLine = z.object({ ready: z.literal(true), kubeconfig: z.string(), namespace: z.string() });

type Ready = z.infer<typeof readyLine>;

/** It stops its containers in this time, or is killed with them; ms. */
const stopBudgetMs = 10_000;

/**
 * Starts the embedded cluster as a process of its own and waits until it says that it is ready.
 * @throws EnvironmentError with its last words when it ends before that; the signal's reason when aborted
 */
export async function startEmbedded(
  destination: EmbeddedDestination,
  namespace: string,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<EmbeddedCluster> {
  signal.throwIfAborted();
  const directory = await mkdtemp(path.join(tmpdir(), 'milvus-conformance-'));
  const what =
    destination.kind === 'embedded' ? ['--layout', destination.layout] : ['--manifest', destination.file];
  const main = path.join(codeRoot, 'fixtures', 'embedded', `main${codeExtension}`);
  const child = execa(process.execPath, [main, '--directory', directory, '--namespace', namespace, ...what], {
    // A group of its own: Ctrl-C at the terminal reaches only this process, which then stops it in order.
    detached: true,
    stdin: 'pipe',
    reject: false,
    buffer: false,
    forceKillAfterDelay: stopBudgetMs,
    killDescendants: true,
  });
  const lastWords: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastWords.push(line);
    if (lastWords.length > 20) lastWords.shift();
    say(line);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await child;
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const ready = Promise.withResolvers<Ready>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = readyOf(line);
    if (said !== undefined) ready.resolve(said);
  });
  const abort = () => ready.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const ended = child.then((result) => ready.reject(endedEarly(result.exitCode, result.signal, lastWords)));
  try {
    const { kubeconfig, namespace: home } = await ready.promise;
    return {
      kubeconfig,
      namespace: home,
      layout: destination.kind === 'embedded' ? destination.layout : path.basename(destination.file),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    await ended;
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function readyOf(line: string): Ready | undefined {
  if (!line.startsWith('{"ready"')) return undefined;
  return readyLine.safeParse(JSON.parse(line)).data;
}

function endedEarly(
  exitCode: number | undefined,
  signal: string | undefined,
  lastWords: readonly string[],
): EnvironmentError {
  const how = signal === undefined ? `exit code ${exitCode ?? 'unknown'}` : signal;
  const said =
    lastWords.length === 0 ? 'It said nothing.' : `Its last words: ${lastWords.slice(-5).join(' / ')}`;
  return new EnvironmentError(
    'server-error',
    `The embedded cluster ended before it was ready (${how}). ${said}`,
  );
}
