import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { Store } from '../../helpers/topology/model.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { storeSubject, subjectKey, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { unreadableConfiguration } from './scope.ts';

export default suite('STO', {
  'STO-010': (evidence) => {
    const unreadable = unreadableConfiguration(evidence);
    if (unreadable !== undefined) return [unreadable];
    const { topology } = evidence;
    const unclear = topology.problems.filter(({ about }) => about === 'metadata');
    return [
      ...topology.stores.map((store) => isThere(store, topology)),
      ...unclear.map(({ detail }) =>
        inconclusive(
          storeSubject({ role: 'metadata' }),
          detail,
          'A metadata store that this suite knows: etcd.',
        ),
      ),
    ];
  },
});

function isThere(store: Store, { instance }: Evidence['topology']): Finding {
  const subject = storeSubject(store);
  const { location, product, because } = store;
  const evidence = [{ at: 'Configuration', text: because }];
  switch (location.kind) {
    case 'external':
      return skipped(
        subject,
        `Waived by rule: ${product} is outside the cluster, at ${location.addresses.join(', ')} (${because}).`,
      );
    case 'missing':
      return fail(subject, {
        observed: `${product} is not there: ${location.detail}`,
        expected: `Something in namespace ${instance.namespace} that answers at ${location.addresses.join(', ')}.`,
        evidence,
        stops: [subject],
      });
    case 'in-component':
      return location.components.length === 0
        ? fail(subject, {
            observed: `${product} is kept by Milvus itself, and no component that does so is there.`,
            expected: 'At least one component that keeps it.',
            evidence,
            stops: [subject],
          })
        : pass(
            subject,
            `${product} is kept by ${names(location.components.map((c) => c.workload))}.`,
            evidence,
          );
    case 'in-cluster': {
      const idle = location.workloads.filter(({ replicas }) => replicas === 0);
      if (location.workloads.length > idle.length && idle.length === 0) {
        return pass(subject, `${product} is ${names(location.workloads)}.`, evidence);
      }
      return fail(subject, {
        observed:
          idle.length === 0
            ? `No workload stands behind ${product}.`
            : `${names(idle)} of ${product} is scaled to 0 replicas.`,
        expected: 'At least one replica of each of the store’s workloads.',
        evidence,
        stops: [subject],
      });
    }
  }
}

function names(workloads: readonly Parameters<typeof workloadSubject>[0][]): string {
  return [...new Set(workloads.map((workload) => subjectKey(workloadSubject(workload))))].join(', ');
}
