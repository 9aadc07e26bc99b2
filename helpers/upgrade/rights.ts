import type { Right } from '../kubernetes/rights.ts';

/** Every right that looking at an upgrade takes, beside those of a gate; docs/rights-upgrade.yaml grants just these. */
export const upgradeRights: readonly Right[] = [
  {
    verb: 'list',
    group: 'policy',
    resource: 'poddisruptionbudgets',
    scope: 'namespace',
    purpose: 'to see which components a disruption budget protects',
    required: false,
  },
  {
    verb: 'watch',
    group: '',
    resource: 'pods',
    scope: 'namespace',
    purpose: 'to time what becomes of the pods while an upgrade goes on',
    required: false,
  },
];
