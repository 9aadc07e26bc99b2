import type { Judge } from '../../../engine/context.ts';
import type { History } from '../../../workload/history.ts';
import { actsOf, valueOf, versionStep } from '../../../workload/scenarios/record.ts';
import type { Scenario } from '../../../workload/scenarios/scenario.ts';
import { offers } from '../../../workload/scenarios/versions.ts';
import type { Finding, Subject } from '../../finding.ts';
import { pass, skipped } from '../../outcomes.ts';
import { evidenceOf } from '../round-trip/frame.ts';
import { callsThatFailed, leftBehind, miscounted, unfinished } from './course.ts';
import { replay } from './replay.ts';
import type { Sighting } from './sighting.ts';

/** Judges scenarios of `gate --thorough`, each by itself; pure, over the history. */
export function scenarioJudge(...scenarios: readonly Scenario[]): Judge {
  return ({ history }) =>
    scenarios.flatMap((scenario) => (history === undefined ? [] : judgeScenario(history, scenario)));
}

function judgeScenario(history: History, scenario: Scenario): readonly Finding[] {
  const subject = { kind: 'Scenario', name: scenario.name };
  const reason = whyNotRun(history, scenario);
  if (reason !== undefined) return [skipped(subject, reason)];
  const wrong = wrongAnswers(history, scenario, subject);
  if (wrong.length > 0) return wrong;
  for (const look of [miscounted, callsThatFailed, unfinished, leftBehind]) {
    const findings = look(history, scenario, subject);
    if (findings.length > 0) return findings;
  }
  const acts = actsOf(history, scenario.name);
  return [
    pass(subject, `${acts.length} calls in ${scenario.steps.length} steps, each answered as it must be.`),
  ];
}

function whyNotRun(history: History, scenario: Scenario): string | undefined {
  const { scenarios } = history.header;
  if (scenarios === undefined) return 'Only a run with --thorough does this.';
  if (!scenarios.includes(scenario.name)) return `The scenario ${scenario.name} was not part of this run.`;
  const asked = history.operations.find(({ step }) => step === versionStep);
  const version = asked === undefined ? undefined : valueOf('version', asked.outcome)?.version;
  return offers(version, scenario.since)
    ? undefined
    : `This came with Milvus ${scenario.since}; the server is ${version}.`;
}

/** One finding for each verdict. */
function wrongAnswers(history: History, scenario: Scenario, subject: Subject): readonly Finding[] {
  const byVerdict = Map.groupBy(replay(history, scenario), ({ verdict }) => verdict);
  return [...byVerdict].map(([verdict, found]) => {
    const [first] = found;
    const more = found.length > 1 ? `, and ${found.length - 1} more such answers` : '';
    return {
      outcome: 'fail',
      wrong: true,
      subject,
      observed: `${verdict}: ${first?.text ?? ''}${more}.`,
      expected: `What was acknowledged, and the answer of brute force over it. Repeat with seed ${history.header.seed}.`,
      evidence: found.slice(0, shown).map(({ act, text }: Sighting) => evidenceOf(act, `${text}.`)),
    };
  });
}

const shown = 3;
