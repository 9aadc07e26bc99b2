import type { Right } from '../kubernetes/rights.ts';
import { installedKinds } from '../topology/installed-kinds.ts';

type Row = readonly [scope: Right['scope'], group: string, resource: string, purpose: string];

const table: readonly Row[] = [
  ['namespace', '', 'resourcequotas', 'to see what the namespace has left to give'],
  ['namespace', '', 'limitranges', 'to see how large its containers and claims may be'],
  ['namespace', 'batch', 'jobs', 'to see whether a name of the manifest is taken'],
  ['cluster', '', 'nodes', 'to see whether there is room, and what the CPUs can do'],
  ['cluster', '', 'pods', 'to count what the nodes give already'],
];

/**
 * Every right that looking at a cluster before an install takes, beside those of a gate; docs/rights-preflight.yaml
 * grants just these.
 */
export const preflightRights: readonly Right[] = table.map(([scope, group, resource, purpose]) => ({
  verb: 'list',
  group,
  resource,
  scope,
  purpose,
  required: false,
}));

/** Rights that applying objects of these kinds takes. */
export function installRights(kinds: readonly string[]): readonly Right[] {
  return kinds.flatMap((kind) => {
    const found = installedKinds[kind];
    if (found === undefined) return [];
    const { group, resource } = found;
    const purpose = `to apply the manifest's ${kind}s`;
    return [{ verb: 'create', group, resource, scope: 'namespace', purpose, required: true } as const];
  });
}
