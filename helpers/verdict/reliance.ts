import type { Component, Store, Topology, Workload } from '../topology/model.ts';
import { writeQuorum } from '../topology/quorum.ts';
import type { Subject } from './finding.ts';
import { instanceSubject, podSubject, storeSubject, subjectKey, workloadSubject } from './subjects.ts';

/**
 * What relies on what, as a question: given the pods and stores that cannot run, which subjects do not work?
 *
 * pod -> its workload (any pod) -> its store (quorum lost) -> every Milvus component and its pods -> the Milvus API.
 * A role of which no pod can run stops the API as well. Keys are `Kind/name`.
 */
export function reliantOn(stopped: ReadonlySet<string>, topology: Topology): ReadonlySet<string> {
  const reached = new Set(stopped);
  const lost = topology.stores.filter((store) => isLost(store, stopped));
  for (const store of lost) {
    reached.add(subjectKey(storeSubject(store)));
    for (const workload of storeWorkloads(store)) addWhole(reached, workload);
  }
  if (lost.length > 0) for (const { workload } of topology.components) addWhole(reached, workload);
  for (const workload of workloadsOf(topology)) {
    if (stoppedPods(workload, stopped) > 0) reached.add(subjectKey(workloadSubject(workload)));
  }
  if (lost.length > 0 || topology.components.some((component) => isSilent(component, topology, stopped))) {
    reached.add(subjectKey(instanceSubject(topology.instance)));
  }
  return reached;
}

/** Workloads of the components and of the stores in the cluster, each once. */
export function workloadsOf({ components, stores }: Topology): readonly Workload[] {
  return [...new Set([...components.map(({ workload }) => workload), ...stores.flatMap(storeWorkloads)])];
}

/** Workloads that run a store and nothing else. */
export function storeWorkloads({ location }: Store): readonly Workload[] {
  return location.kind === 'in-cluster' ? location.workloads : [];
}

/** How far down the chain a subject is: causes come before what relies on them. */
export function depth(subject: Subject, { stores, components }: Topology): number {
  const key = subjectKey(subject);
  if (subject.kind === 'Milvus') return 6;
  if (subject.kind === 'Store' || subject.kind === 'Bucket') return 3;
  if (stores.flatMap(storeWorkloads).some((workload) => isPart(workload, key))) {
    return subject.kind === 'Pod' ? 1 : 2;
  }
  const isComponent = components.some(({ workload }) => isPart(workload, key));
  return isComponent && subject.kind !== 'Pod' ? 5 : 4;
}

/** A store is lost when it was stopped as a whole, or one of its workloads has fewer servers than it needs. */
function isLost(store: Store, stopped: ReadonlySet<string>): boolean {
  if (stopped.has(subjectKey(storeSubject(store)))) return true;
  return storeWorkloads(store).some((workload) => {
    const down = stoppedPods(workload, stopped);
    return down > 0 && workload.replicas - down < serversNeeded(store, workload);
  });
}

/** A write quorum where the servers keep data, a majority where the product's settings decide, else any one. */
function serversNeeded({ data }: Store, workload: Workload): number {
  const place = data.find((candidate) => candidate.workload === workload);
  if (place === undefined) return 1;
  return writeQuorum(place.product, workload.replicas) ?? Math.floor(workload.replicas / 2) + 1;
}

function stoppedPods({ pods }: Workload, stopped: ReadonlySet<string>): number {
  return pods.filter((pod) => stopped.has(subjectKey(podSubject(pod)))).length;
}

/** No pod of this role can run. */
function isSilent({ role }: Component, { components }: Topology, stopped: ReadonlySet<string>): boolean {
  const pods = components.filter((other) => other.role === role).flatMap(({ workload }) => workload.pods);
  return pods.length > 0 && pods.every((pod) => stopped.has(subjectKey(podSubject(pod))));
}

function addWhole(reached: Set<string>, workload: Workload): void {
  reached.add(subjectKey(workloadSubject(workload)));
  for (const pod of workload.pods) reached.add(subjectKey(podSubject(pod)));
}

function isPart(workload: Workload, key: string): boolean {
  return (
    subjectKey(workloadSubject(workload)) === key ||
    workload.pods.some((pod) => subjectKey(podSubject(pod)) === key)
  );
}
