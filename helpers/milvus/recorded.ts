import type { z } from 'zod';
import type { Recorder } from '../workload/recorder.ts';
import { outcomeOfAnswer, outcomeOfError, type Result } from './outcome.ts';
import type { Mark } from './requests.ts';

/** One call, in the history with its times and its outcome. Rejects only when the run was cut short before it. */
export async function recorded<T>(
  recorder: Recorder,
  signal: AbortSignal,
  { call, mark, schema }: { readonly call: string; readonly mark: Mark; readonly schema: z.ZodType<T> },
  send: () => Promise<unknown>,
): Promise<Result<T>> {
  signal.throwIfAborted();
  const calledAt = recorder.now();
  const outcome = await send().then((answer) => outcomeOfAnswer(answer, schema), outcomeOfError);
  recorder.record({ call, ...mark, calledAt, returnedAt: recorder.now(), outcome });
  return outcome;
}
