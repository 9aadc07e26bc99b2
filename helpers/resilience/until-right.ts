import { setTimeout as sleep } from 'node:timers/promises';
import type { Recorder } from '../workload/recorder.ts';

export interface RightFor {
  /** ms for which it must stay right, without a break. */
  readonly forMs: number;
  readonly budgetMs: number;
  /** ms between two looks. */
  readonly lookEveryMs: number;
  /** Told each time that all comes to be right, or ceases to be. */
  readonly onTurn?: (isRight: boolean) => void;
}

/**
 * Waits until all has been right for so long without a break.
 *
 * @param look gives what is not right now, or undefined
 * @returns undefined, or what was not right when the budget was spent
 * @throws AbortError when aborted, or what `look` throws
 */
export async function untilRight(
  look: () => string | undefined | Promise<string | undefined>,
  { forMs, budgetMs, lookEveryMs, onTurn }: RightFor,
  {
    recorder,
    signal,
    progress,
  }: {
    readonly recorder: Pick<Recorder, 'now'>;
    readonly signal: AbortSignal;
    readonly progress: (text: string) => void;
  },
): Promise<string | undefined> {
  const deadline = recorder.now() + budgetMs;
  for (let rightSince: number | undefined; ; await sleep(lookEveryMs, undefined, { signal })) {
    const wrong = await look();
    const now = recorder.now();
    if ((wrong === undefined) !== (rightSince !== undefined)) {
      rightSince = wrong === undefined ? now : undefined;
      onTurn?.(wrong === undefined);
    }
    if (rightSince !== undefined && now - rightSince >= forMs) return undefined;
    if (now > deadline) return wrong ?? 'it was not so for long enough';
    progress(wrong ?? `All is right; it must stay so for ${forMs / 1000} s`);
  }
}
