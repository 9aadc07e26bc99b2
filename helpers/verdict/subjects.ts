import type { Instance, Store, Workload } from '../topology/model.ts';
import type { Claim, Pod } from '../topology/objects.ts';
import type { Subject } from './finding.ts';

/** Subjects are compared by kind and name only: a container's trouble is its pod's. */
export function subjectKey(subject: Subject): string {
  return `${subject.kind}/${subject.name}`;
}

export function workloadSubject(workload: Workload): Subject {
  return { kind: workload.kind, name: workload.metadata.name };
}

export function podSubject(pod: Pod | string, container?: string): Subject {
  const name = typeof pod === 'string' ? pod : pod.metadata.name;
  return { kind: 'Pod', name, ...(container !== undefined && { container }) };
}

export function claimSubject(claim: Claim | string): Subject {
  const name = typeof claim === 'string' ? claim : claim.metadata.name;
  return { kind: 'PersistentVolumeClaim', name };
}

/** A store by its role: `Store/metadata`. */
export function storeSubject(store: Pick<Store, 'role'>): Subject {
  return { kind: 'Store', name: store.role };
}

/** The Milvus deployment as a whole, as its API shows it. */
export function instanceSubject(instance: Instance): Subject {
  return { kind: 'Milvus', name: instance.name };
}
