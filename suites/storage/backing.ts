import type { Judge } from '../../helpers/engine/context.ts';
import type { Requirement, StoreRole } from '../../helpers/topology/model.ts';
import { backingFault, backingText, type BackingFault } from '../../helpers/verdict/backing-fault.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { overRequirements, requirementEvidence, requirementSubject, sentence } from './scope.ts';

/** Which check says which fault; so that one fault has one code. */
type Sayers = Readonly<Record<Exclude<BackingFault, 'none'>, Code>>;

const storeFaults: Sayers = {
  emptyDir: 'STO-040',
  'local objects': 'STO-080',
  'container layer': 'STO-050',
  'off the claim': 'STO-030',
  hostPath: 'STO-060',
  ephemeral: 'STO-070',
  'read-only': 'STO-070',
  unknown: 'STO-070',
};

const logFaults: Sayers = {
  emptyDir: 'WAL-040',
  'local objects': 'WAL-060',
  'container layer': 'WAL-050',
  'off the claim': 'WAL-050',
  hostPath: 'WAL-060',
  ephemeral: 'WAL-060',
  'read-only': 'WAL-060',
  unknown: 'WAL-060',
};

const besideMilvus: ReadonlySet<string> = new Set(['rocksmq', 'natsmq']);

/** The check that says what is wrong under this requirement's path; undefined when it is on a claim. */
export function sayerOf(requirement: Requirement): Code | undefined {
  const fault = backingFault(requirement);
  if (fault === 'none') return undefined;
  if (requirement.store !== 'log') return storeFaults[fault];
  if (requirement.id === 'log.bucket') return 'WAL-020';
  return besideMilvus.has(requirement.product) ? 'WAL-110' : logFaults[fault];
}

/** A judge that fails where `code` is the one to say what lies under a data path of these stores. */
export function backingJudge(code: Code, roles: readonly StoreRole[]): Judge {
  return (evidence) => overRequirements(evidence, roles, (requirement) => judgeBacking(code, requirement));
}

export function judgeBacking(code: Code, requirement: Requirement): Finding {
  const subject = requirementSubject(requirement);
  const { what, path, backing } = requirement;
  const text = backingText(backing);
  const observed = sentence(`${what} (${path}) is on ${text}.`);
  const sayer = sayerOf(requirement);
  if (sayer === undefined) return pass(subject, observed, requirementEvidence(requirement, text));
  if (sayer !== code) return skipped(subject, `${observed} ${sayer} says so.`);
  const expected = `A claim mounted over ${path}: ${requirement.reason}.`;
  if (backingFault(requirement) === 'unknown') {
    return inconclusive(
      subject,
      `${observed} Whether it outlives the pod cannot be told from here.`,
      expected,
      requirementEvidence(requirement, text),
    );
  }
  return fail(subject, { observed, expected, evidence: requirementEvidence(requirement, text) });
}
