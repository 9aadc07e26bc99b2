import type { Service } from './objects.ts';
import type { Workload } from './model.ts';
import { selects } from './selectors.ts';

/** Where one configured address leads, as seen from pods of `namespace`. */
export type Resolved =
  | { readonly kind: 'service'; readonly service: Service; readonly workloads: readonly Workload[] }
  | { readonly kind: 'external'; readonly address: string }
  | { readonly kind: 'missing'; readonly address: string; readonly detail: string };

/** What addresses are resolved against. */
export interface Surroundings {
  readonly namespace: string;
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
}

/**
 * Follows an address (`host`, `host:port`, `scheme://host:port/path`) as the cluster's DNS would: short names, with
 * namespace, fully qualified, and pod names of headless Services. A name that could only be local but is not there is
 * missing; a Service without a selector, or of type ExternalName, leads out of the cluster.
 */
export function resolveAddress(address: string, around: Surroundings): Resolved {
  const host = hostOf(address);
  const byIp = around.services.find(({ spec }) => spec.clusterIP === host);
  if (byIp !== undefined) return behind(byIp, address, around);
  if (!isOwnHost(host) && (/^[\d.]+$/.test(host) || host.includes(':'))) return { kind: 'external', address };
  const name = serviceNameOf(host, around);
  if (name === undefined) return { kind: 'external', address };
  const service = around.services.find(({ metadata }) => metadata.name === name);
  if (service !== undefined) return behind(service, address, around);
  return {
    kind: 'missing',
    address,
    detail: isOwnHost(host)
      ? `${address} is the container itself, where no such server runs`
      : `there is no Service ${name} in namespace ${around.namespace}`,
  };
}

/** The host of an address, without scheme, user, port and path. */
function hostOf(address: string): string {
  const rest = address.replace(/^[\w+-]+:\/\//, '').replace(/^zk:/, '');
  const authority = (rest.split('/')[0] ?? rest).split('@').at(-1) ?? rest;
  const bracketed = /^\[(.+)\]/.exec(authority)?.[1];
  return (bracketed ?? authority.replace(/:\d*$/, '')).replace(/\.$/, '').toLowerCase();
}

/** Name of the Service of this namespace that a host name means, or undefined when it means something else. */
function serviceNameOf(host: string, { namespace, services }: Surroundings): string | undefined {
  const isService = (name: string | undefined) => services.some(({ metadata }) => metadata.name === name);
  if (isOwnHost(host)) return host;
  const labels = host.split('.');
  const svc = labels.indexOf('svc');
  if (svc >= 2) return labels[svc - 1] === namespace ? labels[svc - 2] : undefined;
  const [first, second, third] = labels;
  switch (labels.length) {
    case 1:
      return first;
    case 2:
      if (second === namespace) return first;
      return isService(second) ? second : undefined;
    case 3:
      return third === namespace ? second : undefined;
    default:
      return undefined;
  }
}

function isOwnHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function behind(service: Service, address: string, { workloads }: Surroundings): Resolved {
  const { name } = service.metadata;
  if (service.spec.type === 'ExternalName' || service.spec.externalName !== undefined) {
    return { kind: 'external', address: service.spec.externalName ?? address };
  }
  if (Object.keys(service.spec.selector ?? {}).length === 0) return { kind: 'external', address };
  const selected = workloads.filter(({ templateLabels }) => selects(service.spec.selector, templateLabels));
  if (selected.length === 0) {
    return { kind: 'missing', address, detail: `Service ${name} is there, but it selects no workload` };
  }
  return { kind: 'service', service, workloads: selected };
}
