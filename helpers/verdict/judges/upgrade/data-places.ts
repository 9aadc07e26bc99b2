import type { DeploymentFacts } from '../../../upgrade/snapshot-deployment.ts';
import type { Judge } from '../../../engine/context.ts';
import type { Finding, Subject } from '../../finding.ts';
import { fail, inconclusive, pass, skipped } from '../../outcomes.ts';
import { counted, orPass, sidesOf } from './sides.ts';

/** UPG-210. */
export const claimsAreKept: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const now = new Map(after.deployment.claims.map((claim) => [claim.name, claim]));
  const kept = before.deployment.claims.filter(({ keeps, uid }) => keeps.length > 0 && uid !== undefined);
  const found = kept.map((was) => {
    const claim: Subject = { kind: 'PersistentVolumeClaim', name: was.name };
    const is = now.get(was.name);
    const keeps = was.keeps.join(', ');
    if (is === undefined) {
      return fail(claim, {
        observed: `Nothing uses it any more. It kept ${keeps}.`,
        expected: 'It is in use.',
      });
    }
    if (is.uid !== was.uid)
      return remade(claim, `The claim was made anew: its UID is another. It kept ${keeps}.`);
    if (is.volume !== was.volume || (was.volumeUid !== undefined && is.volumeUid !== was.volumeUid)) {
      return remade(
        claim,
        `It is bound to another volume: ${was.volume} before, ${is.volume} now. It kept ${keeps}.`,
      );
    }
    return pass(claim, `The same claim on the same volume: ${keeps}.`);
  });
  const nothing = 'No claim kept data before the upgrade.';
  return orPass(
    found,
    subject,
    kept.length === 0 ? nothing : `${counted(kept.length, 'claim')} in use as before.`,
  );
};

function remade(subject: Subject, observed: string): Finding {
  return { ...fail(subject, { observed, expected: 'The claim and the volume of before.' }), wrong: true };
}

/** UPG-220. */
export const etcdIsKept: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const [was, is] = [before.deployment.etcdClusterIds, after.deployment.etcdClusterIds];
  if (was.length === 0)
    return [skipped(subject, 'etcd was not asked before: it is external, or it did not answer.')];
  if (is.length === 0)
    return [inconclusive(subject, 'No etcd member answers now.', `Cluster id ${was.join(', ')}.`)];
  const strange = is.filter((id) => !was.includes(id));
  if (strange.length === 0) return [pass(subject, `Cluster id ${is.join(', ')}, as before.`)];
  return [
    {
      ...fail(subject, {
        observed: `The etcd cluster is another: its id is ${strange.join(', ')}.`,
        expected: `Cluster id ${was.join(', ')}.`,
      }),
      wrong: true,
    },
  ];
};

/** Settings that name a log, and not a place in it: UPG-240 says what changed there. */
const ofTheLog: ReadonlySet<string> = new Set(['mq.type']);

/** UPG-230. */
export const pathsAreKept: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const changed = changedSettings(before.deployment, after.deployment);
  if (changed.length === 0) {
    return [
      pass(subject, `${counted(Object.keys(after.deployment.configuration).length, 'setting')} as before.`),
    ];
  }
  return changed.map(({ path, was, is }) =>
    fail(subject, { observed: `${path} was ${was} and is ${is}.`, expected: `${path} is ${was}.` }),
  );
};

/**
 * Settings that say where data is and that differ. One that only one side has is not compared: a version that does not
 * know it keeps nothing there.
 */
export function changedSettings(
  before: Pick<DeploymentFacts, 'configuration'>,
  after: Pick<DeploymentFacts, 'configuration'>,
): readonly { readonly path: string; readonly was: string; readonly is: string }[] {
  return Object.entries(before.configuration).flatMap(([path, was]) => {
    const is = after.configuration[path];
    return ofTheLog.has(path) || is === undefined || is === was ? [] : [{ path, was, is }];
  });
}

/** UPG-240. */
export const logIsKept: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const [was, is] = [before.deployment.log, after.deployment.log];
  if (was === undefined)
    return [skipped(subject, 'Which log was used before is not known. WAL-010 says so.')];
  if (is === undefined)
    return [inconclusive(subject, 'Which log is used now is not known.', `The log is ${was}.`)];
  if (was === is) return [pass(subject, `${is}, as before.`)];
  return [
    {
      ...fail(subject, { observed: `The log was ${was} and is ${is}.`, expected: `The log is ${was}.` }),
      wrong: true,
    },
  ];
};
