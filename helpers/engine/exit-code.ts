import { EnvironmentError, messageOf } from '../kubernetes/errors.ts';
import type { Problem } from '../report/results.ts';
import { InstanceError } from '../topology/errors.ts';
import { ManifestError } from '../topology/manifest-objects.ts';
import { exitCodes as verdictExitCodes, type Verdict } from '../verdict/merge.ts';
import { Interrupted } from './interrupt.ts';
import { UsageError } from './usage-error.ts';

/** What the exit code says to a pipeline. */
export const exitCodes = { ...verdictExitCodes, usage: 3, environment: 4 } as const;

/** What kept a run from its end, from whatever was thrown. */
export function problemOf(error: unknown): Problem {
  return { kind: kindOf(error), message: messageOf(error) };
}

function kindOf(error: unknown): Problem['kind'] {
  if (error instanceof UsageError || error instanceof ManifestError) return 'usage';
  if (error instanceof EnvironmentError) return 'environment';
  // Which deployment is meant is for the user to say; a namespace without any is the place's fault.
  if (error instanceof InstanceError) return error.reason === 'none' ? 'environment' : 'usage';
  if (error instanceof Interrupted) return 'interrupted';
  return 'internal';
}

/** A problem with the input or the environment has its own code; else the verdict decides. */
export function exitCodeOf(verdict: Verdict, problem: Problem | undefined): number {
  switch (problem?.kind) {
    case 'usage':
      return exitCodes.usage;
    case 'environment':
      return exitCodes.environment;
    case 'interrupted':
    case 'internal':
    case undefined:
      return exitCodes[verdict];
  }
}
