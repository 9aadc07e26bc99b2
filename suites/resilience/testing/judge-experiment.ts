import type { Evidence, Judge } from '../../../helpers/engine/context.ts';
import type { Experiment } from '../../../helpers/resilience/experiment.ts';
import { catalogue, type Code } from '../../../helpers/verdict/catalogue.ts';
import type { CodedFinding, Outcome } from '../../../helpers/verdict/finding.ts';
import { judge } from '../../../helpers/verdict/judge.ts';
import { withoutCluster } from '../../roundtrip/testing/judge-history.ts';
import data from '../data.test.ts';
import experiment from '../experiment.test.ts';
import recovery from '../recovery.test.ts';

const judges = new Map<string, Judge>(Object.entries({ ...experiment, ...data, ...recovery }));

/** What every resilience check finds in experiments. */
export function judgeExperiments(...experiments: readonly Experiment[]): readonly CodedFinding[] {
  const evidence: Evidence = { ...withoutCluster, history: undefined, experiments };
  return resilienceCodes.flatMap((code) => {
    const judgeOf = judges.get(code);
    if (judgeOf === undefined) throw new Error(`No suite has a judge for ${code}.`);
    return judge(code, judgeOf, evidence);
  });
}

export const resilienceCodes = Object.keys(catalogue).filter((code): code is Code => code.startsWith('RES-'));

/** Each code once, with its findings of one outcome. */
export function withOutcome(outcome: Outcome, findings: readonly CodedFinding[]): Record<string, string> {
  const own = findings.filter((finding) => finding.outcome === outcome);
  return Object.fromEntries(own.map(({ code, observed }) => [code, observed]));
}
