/** Why a run was cut short by the person or the machine that started it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A signal that aborts when the run must end early; dispose it to give the process its own ways back. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

const signals = ['SIGINT', 'SIGTERM'] as const;
const strayErrors = ['unhandledRejection', 'uncaughtException'] as const;

/**
 * Turns the first SIGINT or SIGTERM into an abort, so that everything opened is closed and the reports are written.
 * The second one ends the process at once, as if nobody had listened. An error that nobody caught aborts too, with
 * itself as the reason: it is reported instead of ending the process with a stack trace.
 */
export function onInterrupt(say: (text: string) => void): Interruption {
  const controller = new AbortController();
  const giveBack = () => {
    for (const name of signals) process.off(name, stop);
    for (const name of strayErrors) process.off(name, fail);
  };
  // The listener stays after the first signal: without one, libraries that tidy the terminal end the process.
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      giveBack();
      process.kill(process.pid, name);
      return;
    }
    say(`${name}: closing in order; once more ends at once`);
    controller.abort(new Interrupted(`The run was cut short by ${name}.`));
  };
  const fail = (error: unknown) => controller.abort(error);
  for (const name of signals) process.on(name, stop);
  for (const name of strayErrors) process.on(name, fail);
  return { signal: controller.signal, [Symbol.dispose]: giveBack };
}
