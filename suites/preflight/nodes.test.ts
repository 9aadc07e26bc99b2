import { suite } from '../../helpers/engine/suite.ts';
import { parseQuantity } from '../../helpers/topology/quantity.ts';
import type { Node } from '../../helpers/topology/objects.ts';
import type { NodeUse } from '../../helpers/topology/preflight.ts';
import { fail, inconclusive, pass, skipped, warn } from '../../helpers/verdict/outcomes.ts';
import { workloadSubject } from '../../helpers/verdict/subjects.ts';
import { itemsOf, namespaceSubject, plannedWorkloads, withManifest } from './planned.ts';
import { place, type Room } from './room.ts';

/** Labels of node-feature-discovery; without it nobody says what a CPU can do. */
const featurePrefix = 'feature.node.kubernetes.io/cpu-cpuid.';
/** Any one of them includes SSE4.2. */
const wantedFeatures = ['SSE42', 'SSE4.2', 'AVX', 'AVX2', 'AVX512F'];

export default suite('PRE', {
  'PRE-070': (evidence) =>
    withManifest(evidence, ({ nodes, used }, subject) => {
      const found = itemsOf(nodes, 'nodes', subject);
      if ('finding' in found) return [found.finding];
      const uses = itemsOf(used, 'pods of all namespaces', subject);
      const usable = found.items.filter(isUsable);
      if (usable.length === 0) {
        return [
          inconclusive(
            subject,
            `None of ${found.items.length} nodes is ready for pods without tolerations.`,
            'A node that takes pods.',
          ),
        ];
      }
      const rooms = usable.map((node) => roomOf(node, 'items' in uses ? uses.items : []));
      const planned = plannedWorkloads(evidence);
      const { left, largest } = place(planned, rooms);
      if (left.length > 0) {
        return left.map(({ workload, requests, pods }) =>
          fail(workloadSubject(workload), {
            observed: `${pods} of its ${workload.replicas} pods fit on no node: each asks for ${requests.cpu} CPU and ${mebibytes(requests.memory)} of memory.`,
            expected: `Room for all on ${rooms.length} usable nodes; the most that one has left is ${round(largest.cpu)} CPU and ${mebibytes(largest.memory)}.`,
          }),
        );
      }
      const count = planned.reduce((total, { workload }) => total + workload.replicas, 0);
      const observed = `All ${count} pods fit on ${rooms.length} nodes by what they ask for.`;
      if ('items' in uses) return [pass(subject, observed)];
      return [
        warn(subject, {
          observed: `${observed} What other pods use is not known: ${uses.finding.observed}`,
          expected: 'Leave to list pods of all namespaces, to count what is used already.',
        }),
      ];
    }),

  'PRE-080': (evidence) => {
    const subject = namespaceSubject(evidence);
    const { preflight } = evidence.observation;
    if (preflight === undefined) return [skipped(subject, 'This is no preflight.')];
    const found = itemsOf(preflight.nodes, 'nodes', subject);
    if ('finding' in found) return [found.finding];
    const known = found.items.filter(isUsable).flatMap((node) => {
      const { labels = {}, name } = node.metadata;
      const architecture = labels['kubernetes.io/arch'];
      const features = Object.keys(labels).filter((label) => label.startsWith(featurePrefix));
      const isKnown = (architecture !== undefined && architecture !== 'amd64') || features.length > 0;
      return isKnown ? [{ name, architecture: architecture ?? 'amd64', features }] : [];
    });
    if (known.length === 0) {
      return [
        skipped(
          subject,
          'No node says what its CPU can do: node-feature-discovery is not installed, and all are amd64 or do not say.',
        ),
      ];
    }
    return known.map(({ name, architecture, features }) => {
      const node = { kind: 'Node', name };
      const names = features.map((label) => label.slice(featurePrefix.length));
      const able = architecture === 'arm64' || names.some((feature) => wantedFeatures.includes(feature));
      if (able)
        return pass(
          node,
          `${architecture}${names.length > 0 ? `: ${names.length} CPU features known` : ''}.`,
        );
      return fail(node, {
        observed: `Its CPU is ${architecture}${architecture === 'amd64' ? ' without SSE4.2' : ''}.`,
        expected: 'amd64 with SSE4.2 at least, or arm64.',
        evidence: [
          {
            at: `Node/${name} metadata.labels`,
            text: features.join(', ') || `kubernetes.io/arch: ${architecture}`,
          },
        ],
      });
    });
  },
});

function isUsable({ spec, status }: Node): boolean {
  const tainted =
    spec?.taints?.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute') === true;
  const ready =
    status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
  return spec?.unschedulable !== true && !tainted && ready;
}

function roomOf({ metadata, status }: Node, uses: readonly NodeUse[]): Room {
  const use = uses.find(({ node }) => node === metadata.name) ?? { cpu: 0, memory: 0, pods: 0 };
  const all = (resource: string) =>
    parseQuantity(status?.allocatable?.[resource] ?? '') ?? Number.POSITIVE_INFINITY;
  return {
    cpu: all('cpu') - use.cpu,
    memory: all('memory') - use.memory,
    pods: all('pods') - use.pods,
  };
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
