import { isRecord } from './environment.ts';
import { parseQuantity } from './quantity.ts';

/** CPU in cores, memory in bytes. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
}

/** What both the contract's containers and a manifest's own have. */
interface AnyContainer {
  readonly resources?: unknown;
}

/**
 * What one pod asks for: its containers together, or its largest init container where that is more.
 * Source: Kubernetes, "Resource sharing within containers".
 */
export function askedBy(
  pod: { readonly containers: readonly AnyContainer[]; readonly initContainers?: readonly AnyContainer[] },
  of: 'requests' | 'limits',
): Resources {
  const amount = (resource: keyof Resources) => {
    const together = pod.containers.reduce((total, container) => total + asked(container, of, resource), 0);
    const first = (pod.initContainers ?? []).map((container) => asked(container, of, resource));
    return Math.max(together, ...first);
  };
  return { cpu: amount('cpu'), memory: amount('memory') };
}

/** One container. A limit without a request is the request, as the API server sets it. */
function asked({ resources }: AnyContainer, of: 'requests' | 'limits', resource: keyof Resources): number {
  if (!isRecord(resources)) return 0;
  const named = (key: string) => {
    const found = resources[key];
    return isRecord(found) ? found[resource] : undefined;
  };
  const quantity = named(of) ?? (of === 'requests' ? named('limits') : undefined);
  if (typeof quantity === 'number') return quantity;
  return typeof quantity === 'string' ? (parseQuantity(quantity) ?? 0) : 0;
}
