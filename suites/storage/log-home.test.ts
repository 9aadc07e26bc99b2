import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { Requirement, Store } from '../../helpers/topology/model.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { storeSubject } from '../../helpers/verdict/subjects.ts';
import { judgeBacking, sayerOf } from './backing.ts';
import { sentence, unreadableConfiguration } from './scope.ts';

const subject = storeSubject({ role: 'log' });

export default suite('WAL', {
  'WAL-020': (evidence) => {
    const unreadable = unreadableConfiguration(evidence);
    if (unreadable !== undefined) return [unreadable];
    const store = evidence.topology.stores.find(({ role }) => role === 'log');
    if (store === undefined) return [skipped(subject, 'Which log is used is not known. WAL-010 says so.')];
    const required = evidence.requirements.required.filter(({ store: role }) => role === 'log');
    if (required.length > 0) return [onClaims(required)];
    if (store.location.kind === 'in-component') return [inObjectStorage(store, evidence)];
    const exemption = evidence.requirements.exempt.find(({ store: role }) => role === 'log');
    if (exemption !== undefined) return [skipped(subject, `Waived by rule: ${exemption.reason}.`)];
    return [skipped(subject, 'The log’s servers are not there. STO-010 says so.')];
  },
});

function onClaims(required: readonly Requirement[]): Finding {
  const homeless = required.find((requirement) => sayerOf(requirement) === 'WAL-020');
  if (homeless !== undefined) return judgeBacking('WAL-020', homeless);
  const faulty = required.flatMap((requirement) => sayerOf(requirement) ?? []);
  if (faulty.length > 0) return skipped(subject, `It has no claim of its own. ${faulty.join(', ')} says so.`);
  const claims = new Set(required.flatMap((requirement) => requirement.claims.map(({ name }) => name)));
  return pass(subject, `The log is on ${claims.size} claims: ${[...claims].join(', ')}.`);
}

/** The log is in the bucket; it is as durable as that. */
function inObjectStorage(store: Store, { topology, requirements }: Evidence): Finding {
  const object = topology.stores.find(({ role }) => role === 'object');
  const expected = 'Object storage that carries the log, or a claim for the log.';
  const reason =
    requirements.exempt.find(({ store: role }) => role === 'log')?.reason ?? `because ${store.because}`;
  switch (object?.location.kind) {
    case 'in-cluster': {
      const faulty = requirements.required
        .filter(({ store: role }) => role === 'object')
        .flatMap((r) => sayerOf(r) ?? []);
      return faulty.length === 0
        ? pass(subject, sentence(reason))
        : skipped(subject, `The log is in the bucket, which is on no claim. ${faulty.join(', ')} says so.`);
    }
    case 'external':
      return pass(
        subject,
        `${sentence(reason)} That object store is outside the cluster: ${object.because}.`,
      );
    case 'missing':
      return skipped(subject, 'The log is in the bucket, and object storage is not there. STO-010 says so.');
    case 'in-component':
      return fail(subject, {
        observed: `The log is to be in object storage (${store.because}), and there is none: ${object.because}.`,
        expected,
      });
    case undefined:
      return inconclusive(subject, 'Where objects are kept could not be told.', expected);
  }
}
