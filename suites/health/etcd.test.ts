import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { Workload } from '../../helpers/topology/model.ts';
import type { EtcdMember } from '../../helpers/topology/observation.ts';
import { parseQuantity } from '../../helpers/topology/quantity.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { storeWorkloads } from '../../helpers/verdict/reliance.ts';
import { podSubject, storeSubject, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { answered, endpointsOf } from './milvus-server.ts';

/** etcd’s own default, and the share of it from which on it is worth acting. */
const defaultQuota = 2 * 2 ** 30;
const share = 0.8;

export default suite('HLT', {
  'HLT-210': (evidence) =>
    overEtcd(evidence, (workload, members) => {
      const subject = workloadSubject(workload);
      const names = [...new Set([...members.values()].flatMap((member) => member.members))];
      const counts = [...new Set([...members.values()].map((member) => member.members.length))];
      const observed = `${counts.join(' or ')} members (${names.join(', ')}), ${workload.replicas} replicas.`;
      if (counts.length === 1 && counts[0] === workload.replicas) return [pass(subject, observed)];
      return [
        fail(subject, {
          observed,
          expected: `${workload.replicas} members, the same for each.`,
          evidence: [...members].map(([pod, member]) => ({
            at: `Pod/${pod} /v3/cluster/member/list`,
            text: member.members.join(', '),
          })),
        }),
      ];
    }),

  'HLT-220': (evidence) =>
    overEtcd(evidence, (workload, members) => {
      const subject = workloadSubject(workload);
      const leaders = new Set([...members.values()].map(({ leaderId }) => leaderId));
      const clusters = new Set([...members.values()].map(({ clusterId }) => clusterId));
      const views = [...members].map(([pod, { leaderId, clusterId }]) => ({
        at: `Pod/${pod} /v3/maintenance/status`,
        text: `leader ${leaderId}, cluster ${clusterId}`,
      }));
      const [leader] = leaders;
      if (leaders.size === 1 && clusters.size === 1 && leader !== '0' && leader !== '') {
        return [
          pass(subject, `All ${members.size} that answered follow leader ${leader}.`),
          ...silent(evidence, workload),
        ];
      }
      const without = views.filter((_, at) => ['0', ''].includes([...members.values()][at]?.leaderId ?? ''));
      const observed =
        clusters.size > 1
          ? `Its members are of ${clusters.size} different clusters.`
          : without.length > 0
            ? `${without.length} of ${members.size} members have no leader.`
            : `Its members follow ${leaders.size} different leaders.`;
      return [
        fail(subject, {
          observed,
          expected: 'One leader, one cluster id.',
          evidence: views,
          stops: [storeSubject({ role: 'metadata' })],
        }),
        ...silent(evidence, workload),
      ];
    }),

  'HLT-230': (evidence) =>
    overEtcd(evidence, (workload, members) => {
      const subject = workloadSubject(workload);
      const alarms = [...new Set([...members.values()].flatMap((member) => member.alarms))];
      if (alarms.length === 0) return [pass(subject, 'No alarm.')];
      return [
        fail(subject, {
          observed: `Alarm ${alarms.join(', ')}.`,
          expected: 'No alarm.',
          evidence: [...members].map(([pod, member]) => ({
            at: `Pod/${pod} /v3/maintenance/alarm`,
            text: member.alarms.join(', ') || 'none',
          })),
          stops: [storeSubject({ role: 'metadata' })],
        }),
      ];
    }),

  'HLT-240': (evidence) =>
    overEtcd(evidence, (workload, members) => {
      const quota = quotaOf(workload);
      return [...members].map(([pod, { databaseSize }]) => {
        const percent = Math.round((databaseSize / quota) * 100);
        const observed = `Its database has ${megabytes(databaseSize)} of ${megabytes(quota)} (${percent} %).`;
        if (databaseSize < share * quota) return pass(podSubject(pod), observed);
        return fail(podSubject(pod), {
          observed,
          expected: `Under ${share * 100} % of the quota.`,
          evidence: [{ at: `Pod/${pod} /v3/maintenance/status dbSize`, text: String(databaseSize) }],
        });
      });
    }),
});

/** Judges each etcd workload by the members that answered; no answer at all is inconclusive for each pod. */
function overEtcd(
  evidence: Evidence,
  judge: (workload: Workload, members: ReadonlyMap<string, EtcdMember>) => readonly Finding[],
): readonly Finding[] {
  const store = evidence.topology.stores.find(({ role }) => role === 'metadata');
  const workloads = store === undefined ? [] : storeWorkloads(store);
  if (workloads.length === 0) {
    return [
      skipped(
        storeSubject({ role: 'metadata' }),
        `No etcd in this namespace: ${store?.because ?? 'none is configured'}.`,
      ),
    ];
  }
  const answers = endpointsOf(evidence).etcd;
  return workloads.flatMap((workload) => {
    if (workload.replicas === 0)
      return [skipped(workloadSubject(workload), 'It has no replicas. STO-010 says so.')];
    const members = new Map(
      workload.pods.flatMap(({ metadata: { name } }) => {
        const answer = answers[name];
        return answer?.state === 'answered' ? [[name, answer.value] as const] : [];
      }),
    );
    if (members.size > 0) return judge(workload, members);
    const none = silent(evidence, workload);
    return none.length > 0
      ? none
      : [inconclusive(workloadSubject(workload), 'It has no pod.', 'At least one member that answers.')];
  });
}

/** Members that were asked and did not answer. */
function silent(evidence: Evidence, { pods }: Workload): readonly Finding[] {
  const answers = endpointsOf(evidence).etcd;
  return pods
    .filter(({ metadata }) => answers[metadata.name]?.state !== 'answered')
    .map((pod) => {
      const subject = podSubject(pod);
      return answered(answers[pod.metadata.name], subject, 'This etcd member', () =>
        pass(subject, 'It answered.'),
      );
    });
}

function quotaOf({ template }: Workload): number {
  const values = template.containers.flatMap(({ env = [], args = [], command = [] }) => [
    ...env.filter(({ name }) => name === 'ETCD_QUOTA_BACKEND_BYTES').map(({ value }) => value ?? ''),
    ...[...command, ...args].flatMap((word) => /^--quota-backend-bytes=(.+)$/.exec(word)?.[1] ?? []),
  ]);
  const quota = parseQuantity(values.at(-1) ?? '');
  return quota === undefined || quota <= 0 ? defaultQuota : quota;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
