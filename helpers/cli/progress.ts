import { plainProgress, terminalProgress, type Progress } from '../report/progress.ts';
import { isInteractive } from '../report/look.ts';
import { say } from './output.ts';

/** A spinner where a person watches, plain lines elsewhere; on stderr in both cases. */
export function chooseProgress(): Promise<Progress> | Progress {
  return isInteractive(process.stderr, process.env) ? terminalProgress(process.stderr) : plainProgress(say);
}
