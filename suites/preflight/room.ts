import type { Resources } from '../../helpers/topology/asked.ts';
import type { PlannedWorkload } from './planned.ts';

/** What a node has left. */
export interface Room extends Resources {
  readonly pods: number;
}

/** A workload some of whose pods found no place. */
export interface Left extends PlannedWorkload {
  readonly pods: number;
}

/**
 * Puts pods on nodes, the largest first, each where the most memory is left, and says which found no place. The
 * scheduler has more rules (affinity, topology); what does not fit here fits nowhere.
 */
export function place(
  planned: readonly PlannedWorkload[],
  rooms: readonly Room[],
): { readonly left: readonly Left[]; readonly largest: Resources } {
  const free = rooms.map((room) => ({ ...room }));
  const left: Left[] = [];
  const inOrder = planned.toSorted(
    (a, b) => b.requests.memory - a.requests.memory || b.requests.cpu - a.requests.cpu,
  );
  for (const each of inOrder) {
    const { cpu, memory } = each.requests;
    let without = 0;
    for (let pod = 0; pod < each.workload.replicas; pod += 1) {
      const fitting = free.filter((room) => room.cpu >= cpu && room.memory >= memory && room.pods >= 1);
      const [node] = fitting.toSorted((a, b) => b.memory - a.memory || b.cpu - a.cpu);
      if (node === undefined) {
        without += 1;
        continue;
      }
      node.cpu -= cpu;
      node.memory -= memory;
      node.pods -= 1;
    }
    if (without > 0) left.push({ ...each, pods: without });
  }
  const largest = {
    cpu: Math.max(0, ...free.map(({ cpu }) => cpu)),
    memory: Math.max(0, ...free.map(({ memory }) => memory)),
  };
  return { left, largest };
}
