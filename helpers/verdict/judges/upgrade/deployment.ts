import type { DeploymentFacts, Snapshot } from '../../../upgrade/snapshot.ts';
import type { Judge } from '../../../engine/context.ts';
import type { Finding, Subject } from '../../finding.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../outcomes.ts';
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

/** UPG-250. */
export const versionsMoved: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const running = after.deployment.components.filter(({ replicas }) => replicas > 0);
  const wanted = wantedImages(before, after);
  const found = running.map(({ workload, image, pods }) => {
    const [kind = '', name = ''] = workload.split('/');
    const stray = pods.filter((pod) => pod.image !== image);
    if (!wanted.images.includes(image)) {
      return fail(
        { kind, name },
        { observed: `It runs ${image}.`, expected: `${wanted.images.join(' or ')}: ${wanted.why}.` },
      );
    }
    if (stray.length > 0) {
      return fail(
        { kind, name },
        {
          observed: `${stray.map((pod) => `${pod.name} runs ${pod.image}`).join(', ')}.`,
          expected: `Every pod runs ${image}.`,
        },
      );
    }
    return pass({ kind, name }, image);
  });
  const versions = [...new Set(after.proxies.flatMap(({ version }) => version ?? []))];
  const differing: readonly Finding[] =
    versions.length > 1
      ? [fail(subject, { observed: `The proxies say ${versions.join(' and ')}.`, expected: 'One version.' })]
      : [];
  const from = before.deployment.version ?? 'unknown';
  const to = after.deployment.version ?? 'unknown';
  return orPass(
    [...found, ...differing],
    subject,
    from === to ? `Still ${to}: nothing was upgraded.` : `From ${from} to ${to}.`,
  );
};

/** What was planned; else what most components run now. */
function wantedImages(
  { plan }: Snapshot,
  { deployment }: Snapshot,
): { images: readonly string[]; why: string } {
  if (plan !== undefined && plan.images.length > 0)
    return { images: plan.images, why: `planned by ${plan.from}` };
  const byImage = Map.groupBy(
    deployment.components.filter(({ replicas }) => replicas > 0),
    ({ image }) => image,
  );
  const [most] = [...byImage].toSorted(([, one], [, other]) => other.length - one.length);
  return { images: most === undefined ? [] : [most[0]], why: 'what most components run' };
}

const coordinators: readonly string[] = ['rootcoord', 'querycoord', 'datacoord', 'indexcoord'];

/** UPG-260. Index nodes and streaming nodes of another version are for HLT-130. */
export const nothingIsLeftOver: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const running = after.deployment.components.filter(({ replicas }) => replicas > 0);
  const merged = running.some(({ role }) => role === 'mixcoord');
  const old = merged ? running.filter(({ role }) => coordinators.includes(role)) : [];
  const gone = before.deployment.components
    .map(({ workload }) => workload)
    .filter((workload) => !after.deployment.components.some((each) => each.workload === workload));
  const found = old.map(({ role, workload }) => {
    const [kind = '', name = ''] = workload.split('/');
    return fail({ kind, name }, { observed: `${role} still runs beside mixcoord.`, expected: `No ${role}.` });
  });
  const removed = gone.length === 0 ? '' : ` Removed: ${gone.join(', ')}.`;
  return orPass(found, subject, `No coordinator of its own beside mixcoord.${removed}`);
};

/** UPG-330. */
export const budgetsProtect: Judge = (evidence) => {
  const { after, subject } = sidesOf(evidence);
  const { budgets, components } = after.deployment;
  const several = components.filter(({ replicas }) => replicas > 1);
  if (several.length === 0) return [pass(subject, 'No component has more than one replica.')];
  if (budgets.state === 'refused') {
    return [skipped(subject, `Disruption budgets could not be listed: ${budgets.message}`)];
  }
  return several.map(({ workload, replicas }) => {
    const [kind = '', name = ''] = workload.split('/');
    const budget = budgets.found.find(({ workloads }) => workloads.includes(workload));
    if (budget !== undefined) return pass({ kind, name }, `PodDisruptionBudget/${budget.name} protects it.`);
    return warn(
      { kind, name },
      { observed: `It has ${replicas} replicas and no disruption budget.`, expected: 'One.' },
    );
  });
};

/** UPG-270. */
export const proxiesWrite: Judge = (evidence) => {
  const { after, subject } = sidesOf(evidence);
  if (after.proxies.length === 0) {
    return [inconclusive(subject, 'No proxy was asked: none is Ready.', 'At least one Ready proxy.')];
  }
  return after.proxies.map(({ pod, write, read }) => {
    const proxy: Subject = { kind: 'Pod', name: pod };
    if (write.state === 'failed') {
      return fail(proxy, {
        observed: `It refuses a write: ${write.error}`,
        expected: 'An acknowledged write.',
      });
    }
    if (write.state === 'unasked') return skipped(proxy, `Nothing was written through it: ${write.reason}.`);
    if (read.state === 'failed') {
      return {
        ...fail(proxy, {
          observed: `It does not give back what was written through it: ${read.error}`,
          expected: 'The row.',
        }),
        wrong: true,
      };
    }
    return pass(proxy, 'A row was written through it and read back.');
  });
};
