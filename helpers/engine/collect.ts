import type { TestCase, TestRunResult } from 'vitest/node';
import type { Code } from '../verdict/catalogue.ts';
import type { CodedFinding } from '../verdict/finding.ts';
import { isCode } from './codes.ts';

/** What the suites found, by check. */
export interface Judged {
  readonly findings: ReadonlyMap<Code, readonly CodedFinding[]>;
  readonly durationMs: ReadonlyMap<Code, number>;
  /** Errors of the suites themselves, outside every check: each makes the verdict inconclusive. */
  readonly faults: readonly string[];
}

/**
 * Reads a vitest run as findings. A test that ended without findings (its evidence could not be read) is a fault: a
 * check is never taken for passed because vitest had no failure to show.
 */
export function collect({ testModules, unhandledErrors }: TestRunResult): Judged {
  const findings = new Map<Code, readonly CodedFinding[]>();
  const durationMs = new Map<Code, number>();
  const faults = unhandledErrors.map((error) => textOf(error));
  for (const module of testModules) {
    faults.push(...module.errors().map((error) => `${module.relativeModuleId}: ${textOf(error)}`));
    for (const suite of module.children.allSuites()) faults.push(...suite.errors().map(textOf));
    for (const test of module.children.allTests()) {
      const code = codeOf(test);
      const found = test.meta().findings;
      if (code === undefined || found === undefined) {
        faults.push(...(test.result().errors ?? []).map((error) => `${test.name}: ${textOf(error)}`));
        continue;
      }
      findings.set(code, [...(findings.get(code) ?? []), ...found]);
      durationMs.set(code, (durationMs.get(code) ?? 0) + (test.diagnostic()?.duration ?? 0));
    }
  }
  return { findings, durationMs, faults: [...new Set(faults)] };
}

function codeOf(test: TestCase): Code | undefined {
  const code = test.name.split(' ', 1)[0] ?? '';
  return isCode(code) ? code : undefined;
}

function textOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
