import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './history.ts';

/** Where something stands that takes a while, as its server says. */
export type Poll =
  | { readonly state: 'ok'; readonly value: { readonly done: boolean; readonly state: string } }
  | Exclude<Outcome, { state: 'ok' }>;

export interface WaitLimits {
  /** What is awaited, for example `the index to be built`. */
  readonly what: string;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

const firstPauseMs = 20;
const longestPauseMs = 1000;

/**
 * Polls until it is done, refused, or the budget is spent; a poll without an answer is asked again.
 *
 * @returns undefined when done, otherwise why not: the budget and the last state seen
 * @throws the signal's reason when aborted
 */
export async function waitUntilDone(
  ask: () => Promise<Poll>,
  limits: WaitLimits,
): Promise<string | undefined> {
  const start = limits.now();
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const poll = await ask();
    if (poll.state === 'ok' && poll.value.done) return undefined;
    const last = poll.state === 'ok' ? poll.value.state : `${poll.code}: ${poll.message}`;
    if (poll.state === 'fail') return `Refused while waiting for ${limits.what}: ${last}.`;
    const waited = limits.now() - start;
    if (waited + pause > limits.budgetMs) {
      return `Waited ${seconds(limits.budgetMs)} for ${limits.what}; the last state was ${last}.`;
    }
    limits.progress(
      `Waiting for ${limits.what}: ${last} (${seconds(waited)} of ${seconds(limits.budgetMs)})`,
    );
    await sleep(pause, undefined, { signal: limits.signal });
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
