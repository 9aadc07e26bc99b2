import { assert, test } from 'vitest';
import { findingText } from '../report/text.ts';
import { catalogue, type Code } from '../verdict/catalogue.ts';
import { judge } from '../verdict/judge.ts';
import { worstOutcome } from '../verdict/merge.ts';
import { waive } from '../verdict/waive.ts';
import type { Judge } from './context.ts';
import { loadEvidence } from './evidence.ts';
import type { RunSettings } from './run-settings.ts';
import { isSelected } from './selection.ts';

/** Why a check that --only or --skip left out is skipped in vitest; the reports list those apart. */
const leftOut = 'left out by --only or --skip';

/**
 * Makes one check a vitest test: named by its code and title, its findings on the task's meta for the reports. It
 * fails with every finding's full text, so that a plain vitest run says as much as the reports do.
 */
export function registerCheck(run: RunSettings, code: Code, judgeOf: Judge): void {
  const statement = catalogue[code];
  test(`${code} ${statement.title}`, async (context) => {
    if (!isSelected(code, run.selection)) context.skip(leftOut);
    const found = judge(code, judgeOf, await loadEvidence(run));
    context.task.meta.findings = found;
    const { findings } = waive(found, run.waivers, run.startedAt);
    const outcome = worstOutcome(findings.map((finding) => finding.outcome));
    const texts = findings
      .filter((finding) => finding.outcome === outcome)
      .map((finding) => findingText(statement, finding));
    switch (outcome) {
      case 'fail':
      case 'inconclusive':
        assert.fail(`${outcome}\n${texts.join('\n\n')}`);
        break;
      case 'skipped':
        context.skip(texts.join('; '));
        break;
      case 'warn':
      case 'waived':
        await context.annotate(texts.join('\n\n'), outcome === 'warn' ? 'warning' : 'notice');
        break;
      case 'pass':
        break;
    }
  });
}
