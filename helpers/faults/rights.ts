import type { Right } from '../kubernetes/rights.ts';
import type { FaultKind } from '../resilience/scenario.ts';
import { leaseName } from './renewed-lease.ts';

/** A right that experiments use on top of those of a gate. */
export interface FaultRight extends Right {
  /** The kinds of fault that need it; `all` where any does. */
  readonly faults: 'all' | readonly FaultKind[];
}

type Row = readonly [
  verb: Right['verb'],
  resource: string,
  purpose: string,
  faults: FaultRight['faults'],
  name?: string,
];

const table: Readonly<Record<string, readonly Row[]>> = {
  '': [
    ['get', 'namespaces', 'to see whether the namespace is protected', 'all'],
    ['get', 'pods', 'to see whether a fault landed', 'all'],
    ['watch', 'pods', 'to time what becomes of the pods', 'all'],
    ['delete', 'pods', 'to kill and to replace pods', ['delete-pods']],
    ['create', 'pods/eviction', 'to evict pods as a drained node does', ['evict']],
    ['create', 'pods/exec', 'to kill a container from inside', ['kill-container']],
    ['get', 'pods/exec', 'to kill a container from inside (older servers)', ['kill-container']],
  ],
  apps: [
    [
      'get',
      'deployments',
      'to see whether a rollout is through',
      ['restart-rollout', 'scale-to-zero', 'delete-pods'],
    ],
    [
      'get',
      'statefulsets',
      'to see whether a rollout is through',
      ['restart-rollout', 'scale-to-zero', 'delete-pods'],
    ],
    ['patch', 'deployments', 'to restart a rollout', ['restart-rollout']],
    ['patch', 'statefulsets', 'to restart a rollout', ['restart-rollout']],
    ['patch', 'deployments/scale', 'to scale to zero and back', ['scale-to-zero']],
    ['patch', 'statefulsets/scale', 'to scale to zero and back', ['scale-to-zero']],
  ],
  'coordination.k8s.io': [
    ['create', 'leases', 'to let one run at a time disturb the namespace', 'all'],
    ['get', 'leases', 'to see who does', 'all', leaseName],
    ['patch', 'leases', 'to go on holding it, and to note what is to be undone', 'all', leaseName],
    ['delete', 'leases', 'to give it back', 'all', leaseName],
  ],
};

/** Of diagnostics after a failure; an experiment is judged without it. */
const logRight: FaultRight = {
  verb: 'get',
  group: '',
  resource: 'pods/log',
  scope: 'namespace',
  purpose: 'to keep what the containers said when something failed',
  required: false,
  faults: 'all',
};

/** Every right that experiments use beside those of a gate; docs/rights-chaos.yaml grants just these. */
export const faultRights: readonly FaultRight[] = [
  ...Object.entries(table).flatMap(([group, rows]) =>
    rows.map(
      ([verb, resource, purpose, faults, name]): FaultRight => ({
        verb,
        group,
        resource,
        scope: 'namespace',
        purpose,
        required: true,
        faults,
        ...(name !== undefined && { name }),
      }),
    ),
  ),
  logRight,
];
