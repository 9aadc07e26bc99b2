import { isPublishedDefault } from '../../helpers/topology/published-defaults.ts';
import { suite } from '../../helpers/engine/suite.ts';
import { textOf } from '../../helpers/topology/settings.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject, podSubject } from '../../helpers/verdict/subjects.ts';
import { isAtLeast, releaseOf } from '../health/version.ts';

export default suite('CFG', {
  'CFG-010': ({ topology }) => {
    const problems = topology.problems.filter(({ about }) => about === 'configuration');
    const { from, values } = topology.configuration;
    const subject = instanceSubject(topology.instance);
    if (problems.length > 0) {
      return problems.map((problem) =>
        fail(problem.subject, {
          observed: problem.detail,
          expected: 'A configuration that can be read.',
        }),
      );
    }
    return Object.keys(values).length === 0
      ? [
          inconclusive(
            subject,
            `The configuration (${from}) is empty.`,
            'Settings that say which stores are used.',
          ),
        ]
      : [pass(subject, `Read from ${from}.`)];
  },

  'CFG-020': ({ topology, observation }) => {
    const subject = instanceSubject(topology.instance);
    const { logType } = topology;
    if (logType === undefined)
      return [skipped(subject, 'Which log is configured is not known. WAL-010 says so.')];
    const release = releaseOf(topology.instance.version ?? '');
    if (release !== undefined && !isAtLeast(release, [2, 6]))
      return [skipped(subject, 'Milvus says which log it writes to since 2.6 (metric milvus_wal_info).')];
    const answers = Object.entries(observation.endpoints?.components ?? {});
    const known = new Set(
      topology.components.flatMap(({ workload }) => workload.pods.map((pod) => pod.metadata.name)),
    );
    const named = answers.flatMap(([pod, answer]) =>
      known.has(pod) && answer.state === 'answered' && answer.value.walName !== undefined
        ? [{ pod, walName: answer.value.walName }]
        : [],
    );
    if (named.length === 0) {
      const failed = answers.find(([, answer]) => answer.state === 'failed');
      const expected = `A component that publishes milvus_wal_info with wal_name ${logType}.`;
      if (failed !== undefined) return [inconclusive(subject, `${failed[0]} did not answer.`, expected)];
      return [skipped(subject, 'No component publishes milvus_wal_info.')];
    }
    return named.map(({ pod, walName }) => {
      const observed = `It writes to ${walName}; ${logType} is configured.`;
      if (isSameLog(walName, logType)) return pass(podSubject(pod), observed);
      return fail(podSubject(pod), {
        observed,
        expected: `wal_name ${logType}.`,
        evidence: [{ at: `${pod}:9091/metrics milvus_wal_info`, text: `wal_name="${walName}"` }],
      });
    });
  },

  'CFG-030': ({ topology }) => {
    const subject = instanceSubject(topology.instance);
    const type = textOf(topology.configuration, 'mq.type');
    const messageQueue = textOf(topology.configuration, 'messageQueue');
    if (type === undefined || messageQueue === undefined) {
      return [skipped(subject, `Only one of them is set: ${type ?? messageQueue ?? 'not even one'}.`)];
    }
    const observed = `mq.type is ${type}, messageQueue is ${messageQueue}.`;
    if (type === messageQueue) return [pass(subject, observed)];
    return [warn(subject, { observed, expected: `Both name ${type}, which is in force.` })];
  },

  'CFG-040': ({ topology }) => {
    const subject = instanceSubject(topology.instance);
    const store = topology.stores.find(({ role }) => role === 'object');
    if (store?.product === 'local')
      return [skipped(subject, 'Objects are kept in local files, without a password.')];
    if (textOf(topology.configuration, 'minio.useIAM') === 'true')
      return [pass(subject, 'minio.useIAM: no password.')];
    const secret = textOf(topology.configuration, 'minio.secretAccessKey');
    if (secret === undefined) {
      return [skipped(subject, 'The configuration sets no minio.secretAccessKey: it comes from elsewhere.')];
    }
    if (!isPublishedDefault(secret))
      return [pass(subject, 'minio.secretAccessKey is not the published default.')];
    return [
      warn(subject, {
        observed: 'minio.secretAccessKey is the published default.',
        expected: 'A password of your own.',
        evidence: [{ at: topology.configuration.from, text: 'minio.secretAccessKey' }],
      }),
    ];
  },

  'CFG-050': ({ topology }) => {
    const subject = instanceSubject(topology.instance);
    if (topology.problems.some(({ about }) => about === 'configuration')) {
      return [skipped(subject, 'What is configured is not known. CFG-010 says so.')];
    }
    const value = textOf(topology.configuration, 'common.security.authorizationEnabled');
    if (value === 'true') return [pass(subject, 'common.security.authorizationEnabled is true.')];
    return [
      warn(subject, {
        observed: `common.security.authorizationEnabled is ${value ?? 'not set, which means false'}.`,
        expected: 'true.',
      }),
    ];
  },
});

/** The metric calls RocksMQ and NATS by their libraries’ names in some versions. */
function isSameLog(walName: string, logType: string): boolean {
  return (
    walName
      .toLowerCase()
      .replace(/^rmq$/, 'rocksmq')
      .replace(/^nats$/, 'natsmq') === logType
  );
}
