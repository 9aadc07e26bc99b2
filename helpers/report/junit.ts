import * as library from 'junit-report-builder';
import type { Builder, TestCase, TestSuite } from 'junit-report-builder';
import { findingText, targetText } from './text.ts';
import type { CheckResult, FindingResult, Results } from './results.ts';

/**
 * Bytes of `junit.xml`: one flat suite an area, one case a check, `classname` and `name` unique together. This is
 * what Jenkins, GitLab and GitHub read alike: one `<failure>` or `<error>` a case, so that several findings of a check
 * are merged into its text. A warning passes with its text in `<system-out>`; inconclusive is `<error>`; a skipped
 * case carries its reason. A problem that kept the run from its end is a case of its own.
 */
export function junitXml(results: Results): string {
  const builder = newBuilder().name('milvus-conformance');
  const areas = Map.groupBy(results.checks, (check) => check.area);
  for (const [area, checks] of areas) {
    const suite = openSuite(builder.testSuite(), area, results);
    for (const check of checks) addCheck(suite.testCase(), check);
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

function addCheck(testCase: TestCase, check: CheckResult): void {
  testCase
    .className(check.area)
    .name(`${check.code} ${check.title}`)
    .time(Math.round(check.durationMs * 1000) / 1_000_000);
  const of = (outcome: FindingResult['outcome']) =>
    check.findings.filter((finding) => finding.outcome === outcome);
  const text = (findings: readonly FindingResult[]) =>
    findings.map((finding) => findingText(check, finding)).join('\n\n');
  const headline = (findings: readonly FindingResult[]) => {
    const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
    return `${findings[0]?.observed ?? check.title}${more}`;
  };
  switch (check.outcome) {
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
  const remarks = [...of('warn'), ...of('waived')];
  if (remarks.length > 0) testCase.standardOutput(text(remarks));
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
