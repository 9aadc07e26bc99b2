import { noObjects, readsOfEach } from '../../../helpers/topology/observation.ts';
import type { Evidence } from '../../../helpers/engine/context.ts';
import { catalogue, type Code } from '../../../helpers/verdict/catalogue.ts';
import type { CodedFinding, Outcome } from '../../../helpers/verdict/finding.ts';
import { judge } from '../../../helpers/verdict/judge.ts';
import type { History } from '../../../helpers/workload/history.ts';
import read from '../read.test.ts';
import scenarios from '../scenarios.test.ts';
import write from '../write.test.ts';

const judges = new Map(Object.entries({ ...write, ...read, ...scenarios }));

/** What every round-trip check finds in a history. */
export function judgeHistory(history: History): readonly CodedFinding[] {
  const evidence: Evidence = { ...withoutCluster, history };
  return codes.flatMap((code) => {
    const judgeOf = judges.get(code);
    if (judgeOf === undefined) throw new Error(`No suite has a judge for ${code}.`);
    return judge(code, judgeOf, evidence);
  });
}

/** Codes with a finding of that outcome, each once. */
export function codesWith(outcome: Outcome, findings: readonly CodedFinding[]): Code[] {
  return [...new Set(findings.filter((finding) => finding.outcome === outcome).map(({ code }) => code))];
}

const codes = Object.keys(catalogue).filter((code): code is Code => code.startsWith('RTP-'));

/** Evidence of a run of which only the history matters. */
export const withoutCluster: Omit<Evidence, 'history'> = {
  observation: {
    schemaVersion: 1,
    takenAt: '2026-11-01T00:00:00Z',
    source: { kind: 'recording', name: 'no objects' },
    namespace: 'milvus',
    objects: noObjects,
    reads: readsOfEach(() => ({ state: 'absent' })),
  },
  topology: {
    instance: {
      name: 'my-release',
      namespace: 'milvus',
      managedBy: 'helm',
      mode: 'cluster',
      version: '2.6.2',
    },
    configuration: { from: 'nothing', values: {} },
    logType: 'woodpecker',
    components: [],
    stores: [],
    expectedClaims: [],
    orphanClaims: [],
    problems: [],
  },
  requirements: { required: [], exempt: [], missing: [] },
  expectations: { requireLogClaim: 'configuration', restartWindowMs: 0 },
  experiments: [],
};
