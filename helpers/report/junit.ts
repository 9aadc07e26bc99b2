import * as library from 'junit-report-builder';
import type { Builder, TestCase, TestSuite } from 'junit-report-builder';
import { worstOutcome } from '../verdict/merge.ts';
import { experimentsOf } from './order.ts';
import { findingText, targetText } from './text.ts';
import type { CheckResult, FindingResult, Results } from './results.ts';
import { timelineText } from './timeline-text.ts';

/**
 * Bytes of `junit.xml`: one flat suite an area, one case a check, `classname` and `name` unique together. This is
 * what Jenkins, GitLab and GitHub read alike: one `<failure>` or `<error>` a case, so that several findings of a check
 * are merged into its text. A warning passes with its text in `<system-out>`; inconclusive is `<error>`; a skipped
 * case carries its reason. A problem that kept the run from its end is a case of its own. What is judged for each
 * experiment is a case for each, with its timeline in `<system-out>`.
 */
export function junitXml(results: Results): string {
  const builder = newBuilder().name('milvus-conformance');
  const areas = Map.groupBy(results.checks, (check) => check.area);
  for (const [area, checks] of areas) {
    const suite = openSuite(builder.testSuite(), area, results);
    for (const each of checks.flatMap((check) => casesOf(check, results))) addCase(suite.testCase(), each);
  }
  if (results.problem !== undefined || results.checks.length === 0) {
    const suite = openSuite(builder.testSuite(), 'Run', results);
    const message = results.problem?.message ?? 'No check was run.';
    suite
      .testCase()
      .className('Run')
      .name('The run reached its end.')
      .error(message, results.problem?.kind ?? 'empty', message);
  }
  return `${builder.build()}\n`;
}

/** The package's types speak of a default export inside the one that Node gives; either is taken. */
function newBuilder(): Builder {
  const exported: unknown = library.default;
  if (isBuilder(exported)) return exported.newBuilder();
  throw new Error('junit-report-builder no longer exports its builder');
}

function isBuilder(value: unknown): value is Builder {
  return typeof value === 'object' && value !== null && 'newBuilder' in value;
}

function openSuite(suite: TestSuite, name: string, results: Results): TestSuite {
  suite.name(name).timestamp(results.run.startedAt);
  const { run, target } = results;
  const properties: Record<string, string | undefined> = {
    run: run.id,
    namespace: target?.namespace,
    instance: target?.instance?.name,
    version: target?.instance?.version,
    seed: run.seed?.toString(),
    complete: String(run.complete),
    target: target === undefined ? undefined : targetText(target),
  };
  for (const [property, value] of Object.entries(properties)) {
    if (value !== undefined) suite.property(property, value);
  }
  return suite;
}

/** One case: a check, or what it found of one experiment. */
interface Case {
  readonly check: CheckResult;
  readonly name: string;
  readonly outcome: CheckResult['outcome'];
  readonly durationMs: number;
  readonly findings: readonly FindingResult[];
  readonly timeline: string | undefined;
}

function casesOf(check: CheckResult, { experiments = [] }: Results): readonly Case[] {
  const name = `${check.code} ${check.title}`;
  const { findings, outcome, durationMs } = check;
  const byExperiment = experimentsOf(check);
  if (byExperiment === undefined)
    return [{ check, name, outcome, durationMs, findings, timeline: undefined }];
  return [...byExperiment].map(([experiment, own]) => {
    const result = experiments.find((each) => each.name === experiment);
    return {
      check,
      name: `${name} [${experiment}]`,
      outcome: worstOutcome(own.map((finding) => finding.outcome)),
      durationMs: durationMs / byExperiment.size,
      findings: own,
      timeline: result === undefined ? undefined : timelineText(result),
    };
  });
}

function addCase(testCase: TestCase, { check, name, outcome, durationMs, findings, timeline }: Case): void {
  testCase
    .className(check.area)
    .name(name)
    .time(Math.round(durationMs * 1000) / 1_000_000);
  const of = (wanted: FindingResult['outcome']) => findings.filter((finding) => finding.outcome === wanted);
  const text = (some: readonly FindingResult[]) =>
    some.map((finding) => findingText(check, finding)).join('\n\n');
  const headline = (some: readonly FindingResult[]) => {
    const more = some.length > 1 ? ` (and ${some.length - 1} more)` : '';
    return `${some[0]?.observed ?? check.title}${more}`;
  };
  switch (outcome) {
    case 'fail':
      testCase.failure(headline(of('fail')), 'fail').stacktrace(text([...of('fail'), ...of('inconclusive')]));
      break;
    case 'inconclusive':
      testCase.error(headline(of('inconclusive')), 'inconclusive', text(of('inconclusive')));
      break;
    case 'skipped':
      skipWithReason(testCase, headline(of('skipped')));
      break;
    case 'warn':
    case 'waived':
    case 'pass':
      break;
  }
  const noted = [...of('warn'), ...of('waived')];
  const out = [...(noted.length > 0 ? [text(noted)] : []), ...(timeline === undefined ? [] : [timeline])];
  if (out.length > 0) testCase.standardOutput(out.join('\n\n'));
}

/** The builder writes `<skipped/>` without a message; this adds the element itself and keeps the suite's count. */
function skipWithReason(testCase: TestCase, reason: string): void {
  const build = testCase.build.bind(testCase);
  testCase.getSkippedCount = () => 1;
  testCase.build = (parent) => {
    const element = build(parent);
    element.ele('skipped', { message: reason });
    return element;
  };
}
