import type {
  DataPlace,
  Exemption,
  MissingKeeper,
  Requirement,
  Requirements,
  Store,
  Topology,
} from './model.ts';
import { backingOf } from './backing.ts';
import { exemptionReason, partReason, reasonFor, storeKeeps } from './reasons.ts';

/**
 * What must be durable because of the effective configuration, each with its reason; what need not be, with the
 * reason; and what must be but has no workload.
 */
export function requireDurability(topology: Topology): Requirements {
  return {
    required: topology.stores.flatMap((store) =>
      store.data.map((place) => requirement(place, store, topology)),
    ),
    exempt: topology.stores.flatMap((store) => exemptions(store, topology)),
    missing: topology.stores.flatMap(missingKeepers),
  };
}

function requirement(place: DataPlace, store: Store, topology: Topology): Requirement {
  const backing = backingOf(place.workload, place.container, place.path);
  const claims = topology.expectedClaims.filter(
    ({ workload, volumeName }) =>
      backing.kind === 'claim' && workload === place.workload && volumeName === backing.volumeName,
  );
  return { ...place, store: store.role, reason: reasonFor(place, store, topology), backing, claims };
}

function exemptions(store: Store, topology: Topology): readonly Exemption[] {
  const { role, product, location, absent, data } = store;
  const parts = absent.filter(({ state }) => state === 'external');
  const whole = location.kind === 'external' || (location.kind === 'in-component' && data.length === 0);
  return [
    ...(whole ? [{ store: role, product, reason: exemptionReason(store, topology) }] : []),
    ...parts.map((part) => ({ store: role, product: part.product, reason: partReason(part) })),
  ];
}

function missingKeepers({ role, product, location, absent, because }: Store): readonly MissingKeeper[] {
  const parts = absent.filter(({ state }) => state === 'missing');
  return [
    ...(location.kind === 'missing'
      ? [
          {
            id: role,
            store: role,
            product,
            what: storeKeeps[role],
            reason: `because ${because}, this store is needed, but ${location.detail}`,
          },
        ]
      : []),
    ...parts.map((part) => ({
      id: part.id,
      store: role,
      product: part.product,
      what: part.what,
      reason: partReason(part),
    })),
  ];
}
