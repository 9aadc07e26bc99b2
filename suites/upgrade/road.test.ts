import { suite } from '../../helpers/engine/suite.ts';
import type { Evidence } from '../../helpers/engine/context.ts';
import type { Snapshot, UpgradePlan } from '../../helpers/upgrade/snapshot.ts';
import type { Finding, Subject } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject } from '../../helpers/verdict/subjects.ts';
import { changedSettings } from '../../helpers/verdict/judges/upgrade/data-places.ts';
import { isAtLeast, releaseOf } from '../health/version.ts';

/** The rules of the road: looked at before anything is touched. */
export default suite('UPG', {
  'UPG-010': (evidence) =>
    planned(evidence, ({ deployment }, plan, subject) => {
      const [from, to] = [deployment.version, plan.version];
      const [old, next] = [releaseOf(from ?? ''), releaseOf(to ?? '')];
      if (old === undefined || next === undefined) {
        return inconclusive(
          subject,
          'A tag that is no version is to be replaced, or installed.',
          'Two versions.',
        );
      }
      const obstacle = obstacleOf(old, next, deployment);
      if (obstacle === undefined) return pass(subject, `From ${from} to ${to}.`);
      return fail(subject, {
        observed: `${from} runs, and ${to} is to be installed: ${obstacle}.`,
        expected: 'One step that is foreseen.',
      });
    }),

  'UPG-020': (evidence) =>
    planned(evidence, ({ deployment }, plan, subject) => {
      const { log } = deployment;
      if (log === undefined) return skipped(subject, 'Which log is used is not known. WAL-010 says so.');
      if (plan.log === undefined) {
        return inconclusive(
          subject,
          `Which log will be used is not known: ${plan.logBecause}.`,
          `The log is ${log}.`,
        );
      }
      if (plan.log === log) return pass(subject, `${log}, before and after.`);
      return fail(subject, {
        observed: `Milvus uses ${log}, and would use ${plan.log}: ${plan.logBecause}.`,
        expected: `The log stays ${log}.`,
      });
    }),

  'UPG-030': (evidence) =>
    planned(evidence, ({ deployment }, plan, subject) => {
      const changed = changedSettings(deployment, plan).map(
        ({ path, was, is }) => `${path} from ${was} to ${is}`,
      );
      const left = deployment.claims
        .filter(({ name, keeps, stores }) => {
          // Claims of a log that is left are no fault of their own: UPG-020 says that it is.
          const isOfOldLog = plan.log !== deployment.log && stores.every((store) => store === 'log');
          return keeps.length > 0 && !isOfOldLog && !plan.claims.includes(name);
        })
        .map(({ name, keeps }) => `claim ${name} (${keeps.join(', ')}) would not be used any more`);
      const problems = [...changed, ...left];
      if (problems.length === 0) return pass(subject, 'Bucket, root paths and claims stay.');
      return fail(subject, { observed: `${problems.join('; ')}.`, expected: 'They stay as they are.' });
    }),

  'UPG-040': ({ upgrade, topology }) => {
    const subject = instanceSubject(topology.instance);
    if (upgrade === undefined) return [];
    const { unread, collections, cost, canary } = upgrade.before;
    const failed = collections.flatMap(({ database, name, rows }) =>
      rows.state === 'failed' ? [{ what: `rows of ${database}.${name}`, error: rows.error }] : [],
    );
    const noCanary = canary?.state === 'failed' ? [{ what: 'the canary', error: canary.error ?? '' }] : [];
    const problems = [...unread, ...failed, ...noCanary];
    if (problems.length === 0) {
      return [pass(subject, `${collections.length} collections, ${cost.rows} rows read.`)];
    }
    return problems.map(({ what, error }) =>
      inconclusive(subject, `${what} could not be read: ${error}`, 'Everything is read.'),
    );
  },
});

function planned(
  { upgrade, topology }: Evidence,
  judge: (before: Snapshot, plan: UpgradePlan, subject: Subject) => Finding,
): readonly Finding[] {
  const subject = instanceSubject(topology.instance);
  const plan = upgrade?.before.plan;
  if (upgrade === undefined || plan === undefined) {
    return [
      skipped(subject, 'What is to be installed was not said: `--to IMAGE` or `--apply FILE` says it.'),
    ];
  }
  return [judge(upgrade.before, plan, subject)];
}

type Release = readonly [number, number, number];

/** The last release of 2.5 that may not go to 2.6 is 2.5.15. */
const leastPatchOf25 = 16;

/** Source: Milvus documentation, "Upgrade Milvus Cluster", requirements. */
function obstacleOf(
  old: Release,
  next: Release,
  { components, mode }: Snapshot['deployment'],
): string | undefined {
  if (next[0] !== old[0]) return 'another major version has a procedure of its own';
  if (next[1] < old[1]) return 'an older minor version does not read what the newer one has written';
  if (next[1] > old[1] + 1) return `${old[0]}.${old[1] + 1} comes between`;
  if (!isAtLeast(next, [2, 6]) || isAtLeast(old, [2, 6])) return undefined;
  if (old[2] < leastPatchOf25) return '2.6 is reached from 2.5.16 or later only';
  const merged = components.some(({ role, replicas }) => role === 'mixcoord' && replicas > 0);
  return mode === 'standalone' || merged ? undefined : '2.6 is reached with mixcoord only, and none runs';
}
