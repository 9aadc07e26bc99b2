import { partsOf, type Part } from '../resilience/parts.ts';
import type { Fault, Scenario, Target, Victim } from '../resilience/scenario.ts';
import type { ComponentRole, Store, Topology } from '../topology/model.ts';
import type { Pod } from '../topology/objects.ts';
import type { Observation } from '../topology/observation.ts';
import { isReady } from '../topology/readiness.ts';
import { etcdLeader } from './etcd-leader.ts';
import { unsafeFor } from './unsafe.ts';

/** Who is struck, or why nobody can be. */
export type Choice =
  | {
      readonly state: 'chosen';
      readonly victims: readonly Victim[];
      /** Whether a Ready pod of each struck workload is left. */
      readonly replicasStay: boolean;
    }
  | { readonly state: 'none'; readonly reason: string };

/** A pod that may be struck. */
interface Candidate {
  readonly pod: Pod;
  readonly part: Part;
}

type Found = { readonly state: 'found'; readonly candidates: readonly Candidate[] } | None;
type None = Extract<Choice, { state: 'none' }>;

/**
 * Which pods a scenario strikes in this deployment. A target that matches nothing leaves no experiment, and the reason
 * is for people. Pure; the same `random` (0 to below 1) gives the same pods.
 */
export function chooseVictims(
  scenario: Scenario,
  topology: Topology,
  observation: Observation,
  random: () => number,
): Choice {
  const chosen: Candidate[] = [];
  for (const target of scenario.targets) {
    const found = candidatesOf(target, topology, observation);
    if (found.state === 'none') return found;
    chosen.push(...pick(target, found.candidates, random));
  }
  const struck = widen(scenario.fault, unique(chosen));
  for (const { part } of struck) {
    const reason = unsafeFor(scenario.fault, part.workload, observation);
    if (reason !== undefined) return { state: 'none', reason };
  }
  return {
    state: 'chosen',
    victims: struck.map(victimOf),
    replicasStay: struck.every(({ part }) => staysServed(scenario.fault, part, struck)),
  };
}

function candidatesOf(target: Target, topology: Topology, observation: Observation): Found {
  switch (target.kind) {
    case 'milvus':
      return podsOfComponents(
        topology.components.map(({ role }) => role),
        topology,
      );
    case 'component':
      return podsOfComponents(target.roles, topology);
    case 'store':
      return podsOfStore(target, topology, observation);
  }
}

function podsOfComponents(roles: readonly ComponentRole[], topology: Topology): Found {
  const wanted = roles.join(', ');
  const parts = partsOf(topology).filter((part) => part.kind === 'component' && roles.includes(part.name));
  if (parts.length === 0) {
    const why = topology.instance.mode === 'standalone' ? ': its one standalone pod has all roles' : '';
    return { state: 'none', reason: `this Milvus has no ${wanted}${why}` };
  }
  return podsIn(parts, `no ${wanted} pod of this Milvus is there to be struck`);
}

function podsOfStore(
  { store: role, pick: which }: Extract<Target, { kind: 'store' }>,
  topology: Topology,
  { endpoints }: Observation,
): Found {
  const store = topology.stores.find((candidate) => candidate.role === role);
  const what = storeNames[role];
  if (store === undefined) return { state: 'none', reason: `this Milvus names no ${what}` };
  const { location, product } = store;
  if (location.kind !== 'in-cluster') return { state: 'none', reason: elsewhere(store, what) };
  const parts = partsOf(topology).filter((part) => part.kind === 'store' && part.store === role);
  const found = podsIn(parts, `no pod of the ${what} (${product}) is there to be struck`);
  if (which !== 'leader' || found.state === 'none') return found;
  const leader = etcdLeader(endpoints?.etcd ?? {});
  if (leader.state === 'unknown') return { state: 'none', reason: leader.reason };
  const candidates = found.candidates.filter(({ pod }) => pod.metadata.name === leader.pod);
  return candidates.length > 0
    ? { state: 'found', candidates }
    : { state: 'none', reason: `etcd is led by ${leader.pod}, which is not among the pods of this Milvus` };
}

const storeNames = { metadata: 'metadata store', object: 'object storage', log: 'log' } as const;

/** Why a store has no pods of its own. */
function elsewhere({ location, product }: Store, what: string): string {
  switch (location.kind) {
    case 'external':
      return `the ${what} (${product}) is external: ${location.addresses.join(', ')}`;
    case 'missing':
      return `the ${what} (${product}) is not there: ${location.detail}`;
    case 'in-component':
      return `the ${what} (${product}) has no pods of its own: the Milvus components keep it themselves`;
    case 'in-cluster':
      return '';
  }
}

/** Living pods of the parts, by name, so that the order of an observation does not matter. */
function podsIn(parts: readonly Part[], reason: string): Found {
  const candidates = parts
    .flatMap((part) => part.workload.pods.map((pod) => ({ pod, part })))
    .filter(({ pod }) => pod.metadata.deletionTimestamp === undefined && !hasEnded(pod));
  return candidates.length === 0
    ? { state: 'none', reason }
    : { state: 'found', candidates: unique(candidates).toSorted(byName) };
}

function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function byName(a: Candidate, b: Candidate): number {
  return a.pod.metadata.name < b.pod.metadata.name ? -1 : 1;
}

function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(candidates.map((found) => [found.pod.metadata.uid, found])).values()];
}

function pick(target: Target, candidates: readonly Candidate[], random: () => number): readonly Candidate[] {
  if (target.kind === 'milvus' || target.pick !== 'one') return candidates;
  const one = candidates[Math.floor(random() * candidates.length)];
  return one === undefined ? [] : [one];
}

/** A rollout and a scale strike whole workloads. */
function widen({ kind }: Fault, chosen: readonly Candidate[]): readonly Candidate[] {
  if (kind !== 'restart-rollout' && kind !== 'scale-to-zero') return chosen;
  return unique(chosen.flatMap(({ part }) => part.workload.pods.map((pod) => ({ pod, part })))).toSorted(
    byName,
  );
}

/** A rollout replaces one pod after the other; elsewhere one of those not struck has to serve. */
function staysServed({ kind }: Fault, { workload }: Part, struck: readonly Candidate[]): boolean {
  const ready = workload.pods.filter(isReady);
  if (kind === 'restart-rollout') return ready.length > 1;
  return ready.some(({ metadata }) => struck.every(({ pod }) => pod.metadata.uid !== metadata.uid));
}

function victimOf({ pod, part: { name, workload, container } }: Candidate): Victim {
  return {
    name: pod.metadata.name,
    uid: pod.metadata.uid ?? '',
    part: name,
    workload: { kind: workload.kind, name: workload.metadata.name },
    container,
  };
}
