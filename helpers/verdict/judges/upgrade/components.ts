import type { Snapshot } from '../../../upgrade/snapshot.ts';
import type { Judge } from '../../../engine/context.ts';
import type { Finding, Subject } from '../../finding.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../outcomes.ts';
import { orPass, sidesOf } from './sides.ts';

/** UPG-250. */
export const versionsMoved: Judge = (evidence) => {
  const { before, after, subject } = sidesOf(evidence);
  const running = after.deployment.components.filter(({ replicas }) => replicas > 0);
  const wanted = wantedImages(before, after);
  const found = running.map(({ workload, image, pods }) => {
    const it = ofWorkload(workload);
    const stray = pods.filter((pod) => pod.image !== image);
    if (!wanted.images.includes(image)) {
      return fail(it, {
        observed: `It runs ${image}.`,
        expected: `${wanted.images.join(' or ')}: ${wanted.why}.`,
      });
    }
    if (stray.length > 0) {
      return fail(it, {
        observed: `${stray.map((pod) => `${pod.name} runs ${pod.image}`).join(', ')}.`,
        expected: `Every pod runs ${image}.`,
      });
    }
    return pass(it, image);
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

/** `Deployment/my-release-milvus-proxy` as a subject. */
function ofWorkload(workload: string): Subject {
  const [kind = '', name = ''] = workload.split('/');
  return { kind, name };
}

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
    const it = ofWorkload(workload);
    return fail(it, { observed: `${role} still runs beside mixcoord.`, expected: `No ${role}.` });
  });
  const removed = gone.length === 0 ? '' : ` Removed: ${gone.join(', ')}.`;
  return orPass(found, subject, `No coordinator of its own beside mixcoord.${removed}`);
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
    const it = ofWorkload(workload);
    const budget = budgets.found.find(({ workloads }) => workloads.includes(workload));
    if (budget !== undefined) return pass(it, `PodDisruptionBudget/${budget.name} protects it.`);
    return warn(it, { observed: `It has ${replicas} replicas and no disruption budget.`, expected: 'One.' });
  });
};
