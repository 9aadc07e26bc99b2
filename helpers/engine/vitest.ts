import path from 'node:path';
import { Writable } from 'node:stream';
import type { TestRunResult, TestSequencer, TestSpecification } from 'vitest/node';
import { codeExtension, codeRoot } from './package.ts';
import type { RunSettings } from './run-settings.ts';

/** Runs suite files in the order of their paths, so that two runs on the same evidence are alike. */
class StableOrder implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files.toSorted((one, other) => (one.moduleId < other.moduleId ? -1 : 1));
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

/**
 * Judges the evidence in the run's folder with every suite file, by vitest's own API: one worker thread, no
 * configuration file, nothing written beside the code, nothing printed. An abort cancels what has not run yet.
 */
export async function runSuites(run: RunSettings, signal: AbortSignal): Promise<TestRunResult> {
  const { createVitest } = await import('vitest/node');
  const exitCode = process.exitCode;
  using _kept = keepEndings();
  const vitest = await createVitest(
    {
      watch: false,
      config: false,
      root: codeRoot,
      dir: path.join(codeRoot, 'suites'),
      include: [`**/*.test${codeExtension}`],
      exclude: [],
      reporters: [{}],
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      cache: false,
      fsModuleCache: false,
      // Suites need no transforming: Node loads them as they are, which takes less time and memory.
      experimental: { viteModuleRunner: false },
      sequence: { sequencer: StableOrder },
    },
    {},
    { stdout: discard(), stderr: discard() },
  );
  await using _open = { [Symbol.asyncDispose]: () => vitest.close() };
  const cancelled: Promise<void>[] = [];
  const cancel = () => cancelled.push(vitest.cancelCurrentRun('keyboard-input'));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    vitest.provide('run', run);
    return await vitest.start();
  } finally {
    signal.removeEventListener('abort', cancel);
    await Promise.all(cancelled);
    // vitest sets it to 1 for a failed test; here the verdict decides.
    process.exitCode = exitCode;
  }
}

const endings: readonly unknown[] = ['SIGINT', 'SIGTERM', 'unhandledRejection'];

/**
 * vitest ends the process a millisecond after Ctrl-C or a stray error, and no report would be written. While this is
 * held, a listener that it adds for those is taken away again; the run has its own.
 */
function keepEndings(): Disposable {
  const refuse = (event: string | symbol, listener: (...args: unknown[]) => void) => {
    if (endings.includes(event)) queueMicrotask(() => process.off(event, listener));
  };
  process.on('newListener', refuse);
  return { [Symbol.dispose]: () => process.off('newListener', refuse) };
}

/** vitest's own printing; its result holds all that it says. */
function discard(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
