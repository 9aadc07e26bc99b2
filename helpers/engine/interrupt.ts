/** Why a run was cut short by the person or the machine that started it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A signal that aborts at the first Ctrl-C; dispose it to give the signals back. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Turns the first SIGINT or SIGTERM into an abort, so that everything opened is closed and the reports are written.
 * The second one ends the process at once, as if nobody had listened.
 */
export function onInterrupt(say: (text: string) => void): Interruption {
  const controller = new AbortController();
  const giveBack = () => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
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
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop);
  return { signal: controller.signal, [Symbol.dispose]: giveBack };
}
