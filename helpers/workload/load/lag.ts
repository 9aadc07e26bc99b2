import type { Recorder } from '../recorder.ts';

const everyMs = 20;
const longestQuietMs = 30;

/** Notes when this program itself stood still for more than 30 ms, so that it is not taken for the server's doing. */
export function watchLag(recorder: Pick<Recorder, 'now' | 'note'>): Disposable {
  let last = recorder.now();
  const timer = setInterval(() => {
    const now = recorder.now();
    const lagMs = Math.round(now - last - everyMs);
    last = now;
    if (lagMs > longestQuietMs) recorder.note({ kind: 'lag', lagMs });
  }, everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
