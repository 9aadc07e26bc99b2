import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { Topology } from '../../helpers/topology/model.ts';
import type { MinioHealth } from '../../helpers/topology/observation.ts';
import { isReady } from '../../helpers/topology/readiness.ts';
import type { Finding, Subject } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { storeWorkloads } from '../../helpers/verdict/reliance.ts';
import { podSubject, storeSubject } from '../../helpers/verdict/subjects.ts';
import { answered, endpointsOf } from './milvus-server.ts';

export default suite('HLT', {
  'HLT-310': (evidence) =>
    overMinio(evidence, ({ live }, subject) =>
      live === 200
        ? pass(subject, '/minio/health/live: 200')
        : fail(subject, {
            observed: `/minio/health/live answers ${live}.`,
            expected: 'Status 200.',
            evidence: [{ at: `${subject.name}:9000/minio/health/live`, text: String(live) }],
            stops: [subject],
          }),
    ),

  'HLT-320': (evidence) =>
    overMinio(evidence, ({ cluster }, subject) =>
      cluster === 200
        ? pass(subject, '/minio/health/cluster: 200')
        : fail(subject, {
            observed: `/minio/health/cluster answers ${cluster}: no write quorum.`,
            expected: 'Status 200.',
            evidence: [{ at: `${subject.name}:9000/minio/health/cluster`, text: String(cluster) }],
            stops: [storeSubject({ role: 'object' })],
          }),
    ),

  'HLT-330': (evidence) => {
    const { bucket } = endpointsOf(evidence);
    const name = bucket.state === 'answered' ? bucket.value.name : 'configured';
    const subject = { kind: 'Bucket', name };
    return [
      answered(bucket, subject, 'Object storage', ({ exists }) => {
        if (exists) return pass(subject, 'It exists.');
        if (!isStarted(evidence.topology)) {
          return skipped(
            subject,
            'It is not there: Milvus makes it when it starts, and no component is Ready yet.',
          );
        }
        return fail(subject, {
          observed: `Bucket ${name} does not exist.`,
          expected: 'The bucket that minio.bucketName names.',
          stops: [storeSubject({ role: 'object' })],
        });
      }),
    ];
  },
});

function isStarted({ components }: Topology): boolean {
  return components.some(({ workload }) => workload.pods.some(isReady));
}

/** Judges each MinIO pod by its own health endpoints. */
function overMinio(
  evidence: Evidence,
  judge: (health: MinioHealth, subject: Subject) => Finding,
): readonly Finding[] {
  const store = evidence.topology.stores.find(({ role }) => role === 'object');
  const workloads = store === undefined ? [] : storeWorkloads(store);
  const subject = storeSubject({ role: 'object' });
  if (workloads.length === 0) {
    return [skipped(subject, `No MinIO in this namespace: ${store?.because ?? 'none is configured'}.`)];
  }
  const pods = workloads.flatMap((workload) => workload.pods);
  if (pods.length === 0)
    return [inconclusive(subject, 'MinIO has no pod.', 'At least one pod that answers.')];
  const answers = endpointsOf(evidence).minio;
  return pods.map((pod) => {
    if (pod.metadata.deletionTimestamp !== undefined) return skipped(podSubject(pod), 'It is being deleted.');
    return answered(answers[pod.metadata.name], podSubject(pod), 'MinIO', (health) =>
      judge(health, podSubject(pod)),
    );
  });
}
