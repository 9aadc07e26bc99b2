import type { ConfigMap, Container } from './objects.ts';
import type {
  AbsentPart,
  Component,
  ComponentRole,
  DataId,
  DataPlace,
  KeepingProduct,
  Location,
  Workload,
} from './model.ts';
import { type Resolved, resolveAddress, type Surroundings } from './addresses.ts';

/** What the finders of stores look at. */
export interface StoreSurroundings extends Surroundings {
  readonly configMaps: readonly ConfigMap[];
}

/** What a finder of a store says; its role and product are known to the caller. */
export interface FoundStore {
  readonly location: Location;
  readonly because: string;
  readonly data: readonly DataPlace[];
  readonly absent: readonly AbsentPart[];
}

/** Where a setting's addresses lead, all together. */
export type Lead =
  | { readonly kind: 'in-cluster'; readonly location: Extract<Location, { kind: 'in-cluster' }> }
  | { readonly kind: 'elsewhere'; readonly location: Extract<Location, { kind: 'external' | 'missing' }> };

/**
 * Resolves the addresses of one setting. One that leads into the namespace makes the store in-cluster; else one that
 * is missing makes it missing: a name that looks local is not taken for an external store.
 */
export function follow(setting: string, addresses: readonly string[], around: Surroundings): Lead {
  if (addresses.length === 0) {
    return elsewhere({ kind: 'missing', addresses, detail: `the configuration sets no ${setting}` });
  }
  const resolved = addresses.map((address) => resolveAddress(address, around));
  const services = resolved.filter(
    (one): one is Extract<Resolved, { kind: 'service' }> => one.kind === 'service',
  );
  if (services.length > 0) {
    return {
      kind: 'in-cluster',
      location: {
        kind: 'in-cluster',
        services: [...new Set(services.map(({ service }) => service))],
        workloads: [...new Set(services.flatMap(({ workloads }) => workloads))],
      },
    };
  }
  const missing = resolved.find((one) => one.kind === 'missing');
  if (missing !== undefined) return elsewhere({ kind: 'missing', addresses, detail: missing.detail });
  return elsewhere({
    kind: 'external',
    addresses: resolved.map((one) => ('address' in one ? one.address : '')),
  });
}

function elsewhere(location: Extract<Location, { kind: 'external' | 'missing' }>): Lead {
  return { kind: 'elsewhere', location };
}

/** A part that a store relies on, where it is not among the namespace's workloads. */
export function absentPart(
  part: { readonly id: DataId; readonly product: KeepingProduct; readonly what: string },
  because: string,
  location: Extract<Location, { kind: 'external' | 'missing' }>,
): AbsentPart {
  return location.kind === 'external'
    ? { ...part, state: 'external', detail: `${because}, which leads out of the namespace` }
    : { ...part, state: 'missing', detail: `${because}: ${location.detail}` };
}

/** The container that does the work: the only one, else the first whose image or name tells of the product. */
export function mainContainer(
  { template }: Workload,
  product: KeepingProduct | 'pulsar',
): Container | undefined {
  const { containers } = template;
  return (
    containers.find(({ name }) => name === product) ??
    containers.find(({ image = '' }) => image.includes(product)) ??
    containers[0]
  );
}

export function withWorkloads(
  location: Extract<Location, { kind: 'in-cluster' }>,
  more: readonly Workload[],
): Extract<Location, { kind: 'in-cluster' }> {
  return { ...location, workloads: [...new Set([...location.workloads, ...more])] };
}

/** Addresses for a sentence: the first, and how many more. */
export function shortList(addresses: readonly string[]): string {
  const [first, ...others] = addresses;
  if (first === undefined) return 'not set';
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/**
 * The components of a role that keep something in files of their own. Of the operator's pairs only those that have
 * replicas: the other one is a spare.
 */
export function writersOf(components: readonly Component[], role: ComponentRole): readonly Component[] {
  const all = components.filter((component) => component.role === role);
  const active = all.filter(({ workload }) => workload.replicas > 0);
  return active.length > 0 ? active : all;
}
