import type { Experiment } from '../resilience/experiment.ts';
import type { UpgradeEvidence } from '../upgrade/upgrade-folder.ts';
import type { CheckResult, Problem, Results } from '../report/results.ts';
import { experimentResultOf } from '../report/timeline-results.ts';
import type { Observation } from '../topology/observation.ts';
import type { Topology } from '../topology/model.ts';
import { attribute } from '../verdict/attribute.ts';
import { statementOf, type Code } from '../verdict/catalogue.ts';
import type { CodedFinding } from '../verdict/finding.ts';
import { merge, worstOutcome } from '../verdict/merge.ts';
import { areas } from '../verdict/statement.ts';
import { waive } from '../verdict/waive.ts';
import { areaOf, codes } from './codes.ts';
import { applies } from './applicable.ts';
import type { Judged } from './collect.ts';
import { exitCodeOf } from './exit-code.ts';
import { packageVersion } from './package.ts';
import { isSelected } from './selection.ts';
import type { GateSettings } from './settings.ts';

/** All that a run came to know, however far it got. */
export interface Course {
  readonly id: string;
  readonly folder: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly observation?: Observation;
  readonly topology?: Topology;
  readonly seed?: number;
  readonly roundTrip?: true;
  /** The faults that were tried, in order. */
  readonly experiments?: readonly Experiment[];
  /** Of `upgrade` only. */
  readonly upgrade?: UpgradeEvidence;
  readonly judged?: Judged;
  readonly problem: Problem | undefined;
}

/**
 * One record from which every report and the exit code come: waivers applied, causes told from consequences, one
 * outcome a check, one verdict. A selected check that no suite judged is inconclusive, whatever the reason.
 */
export function assemble(course: Course, settings: GateSettings): Results {
  const { judged, topology } = course;
  const problem = course.problem ?? faultOf(judged);
  const kind = {
    hasExperiments: course.experiments !== undefined,
    isChaos: course.experiments !== undefined && course.roundTrip !== true,
    upgrade: settings.upgrade?.stage ?? stageOf(course.upgrade),
  };
  const applicable = codes.filter((code) => applies(code, course.observation, kind));
  const selected = applicable.filter((code) => isSelected(code, settings.selection));
  const found =
    topology === undefined ? [] : selected.flatMap((code) => findingsOf(code, course, topology, problem));
  const { findings: waived, ineffective } = waive(found, settings.waivers, course.startedAt.toISOString());
  const findings = topology === undefined ? waived : attribute(waived, topology);
  const byCode = Map.groupBy(findings, ({ code }) => code);
  const checks = [...byCode].map(([code, own]) => checkResult(code, own, judged?.durationMs.get(code) ?? 0));
  const merged = merge(checks.map(({ outcome }) => outcome));
  const verdict = problem !== undefined && merged === 'pass' ? 'inconclusive' : merged;
  return {
    schemaVersion: 1,
    tool: { name: 'milvus-conformance', version: packageVersion() },
    run: {
      id: course.id,
      folder: course.folder,
      startedAt: course.startedAt.toISOString(),
      durationMs: Math.round(course.durationMs),
      complete: problem === undefined,
      readOnly: settings.destination.kind === 'saved' ? course.seed === undefined : settings.readOnly,
      ...(course.seed !== undefined && { seed: course.seed }),
    },
    ...targetOf(course),
    verdict,
    exitCode: exitCodeOf(verdict, problem),
    ...(problem !== undefined && { problem }),
    counts: countsOf(checks),
    checks,
    ...(course.experiments !== undefined && { experiments: course.experiments.map(experimentResultOf) }),
    ineffectiveWaivers:
      topology === undefined ? [] : ineffective.map(({ waiver, problem }) => ({ ...waiver, problem })),
    notSelected: applicable.filter((code) => !selected.includes(code)),
  };
}

function findingsOf(
  code: Code,
  course: Course,
  topology: Topology,
  problem: Problem | undefined,
): readonly CodedFinding[] {
  const found = course.judged?.findings.get(code);
  if (found !== undefined) return found;
  return [
    {
      code,
      outcome: 'inconclusive',
      subject: { kind: 'Milvus', name: topology.instance.name },
      observed: problem === undefined ? 'No suite judged this check.' : `Not judged: ${problem.message}`,
      expected: statementOf(code).title,
      remedy: 'Run the gate again; this is no finding about the deployment.',
    },
  ];
}

function stageOf(upgrade: UpgradeEvidence | undefined): 'before' | 'after' | undefined {
  if (upgrade === undefined) return undefined;
  return upgrade.after === undefined ? 'before' : 'after';
}

function faultOf(judged: Judged | undefined): Problem | undefined {
  if (judged === undefined || judged.faults.length === 0) return undefined;
  return { kind: 'internal', message: `The suites themselves failed: ${judged.faults.join('; ')}` };
}

function checkResult(code: Code, findings: readonly CodedFinding[], durationMs: number): CheckResult {
  const { title, severity, why, remedy } = statementOf(code);
  return {
    code,
    area: areas[areaOf(code)],
    title,
    severity,
    outcome: worstOutcome(findings.map(({ outcome }) => outcome)),
    durationMs: Math.round(durationMs * 1000) / 1000,
    why,
    remedy,
    findings: findings.map(({ code: _code, evidence, stops, ...finding }) => ({
      ...finding,
      ...(evidence !== undefined && { evidence: [...evidence] }),
      ...(stops !== undefined && { stops: [...stops] }),
    })),
  };
}

function countsOf(checks: readonly CheckResult[]): Results['counts'] {
  const counts = { pass: 0, warn: 0, fail: 0, inconclusive: 0, skipped: 0, waived: 0 };
  for (const { outcome } of checks) counts[outcome] += 1;
  return counts;
}

function targetOf({ observation, topology }: Course): Pick<Results, 'target'> {
  if (observation === undefined) return {};
  const { source, namespace, takenAt } = observation;
  const place = { source, simulation: source.kind === 'embedded', namespace, takenAt };
  return { target: topology === undefined ? place : { ...place, instance: instanceOf(topology) } };
}

function instanceOf({ instance, logType }: Topology): NonNullable<Results['target']>['instance'] & {} {
  const { name, managedBy, mode, version } = instance;
  return {
    name,
    managedBy,
    mode,
    ...(version !== undefined && { version }),
    ...(logType !== undefined && { logType }),
  };
}
