import type { ListrDefaultRendererLogLevels } from 'listr2';

/** Shows how a run goes on. Always to stderr, so that stdout is only the verdict, or only JSON. */
export interface Progress {
  /**
   * Runs one phase under its title. `say` replaces the line below the title; the text that the phase resolves with
   * is what remains beside it. A phase that throws is shown as failed, and the error goes on.
   */
  phase<T>(title: string, body: (say: (text: string) => void) => Promise<Ended<T>>): Promise<T>;
}

/** What a phase gives, and the few words that remain on its line. */
interface Ended<T> {
  readonly value: T;
  readonly remark: string;
}

/** A log keeps every line: news of a phase comes no more often than this, in ms, and what is no news less often. */
const newsEveryMs = 2000;
const sameEveryMs = 30_000;

/** A line when a phase ended, and now and then one while it goes on: for CI and for files. */
export function plainProgress(write: (line: string) => void): Progress {
  return {
    async phase(title, body) {
      const startedAt = performance.now();
      const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
      let lastNews = startedAt;
      let lastText = '';
      const say = (text: string) => {
        const silentMs = performance.now() - lastNews;
        if (silentMs < (text === lastText ? sameEveryMs : newsEveryMs)) return;
        lastNews = performance.now();
        lastText = text;
        write(`${title}: ${text}`);
      };
      try {
        const { value, remark } = await body(say);
        write(`${title}: ${remark} (${seconds()})`);
        return value;
      } catch (error) {
        write(`${title}: did not succeed (${seconds()})`);
        throw error;
      }
    },
  };
}

/** A spinner for the phase under way, and a tick for each that ended: for a person at a terminal. */
export async function terminalProgress(stream: NodeJS.WriteStream): Promise<Progress> {
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  const logger = new ListrLogger<ListrDefaultRendererLogLevels>({
    processOutput: new ProcessOutput(stream, stream),
  });
  return {
    async phase(title, body) {
      let show = (_text: string): void => undefined;
      const running = body((text) => show(text));
      const shown = new Listr(
        {
          title,
          async task(_, task) {
            show = (text) => {
              task.output = text;
            };
            const { remark } = await running;
            task.title = `${title}: ${remark}`;
          },
        },
        { registerSignalListeners: false, rendererOptions: { logger, showErrorMessage: false } },
      ).run();
      // The spinner has its last word before the error, if there is one, goes on.
      await Promise.allSettled([running, shown]);
      return (await running).value;
    },
  };
}
