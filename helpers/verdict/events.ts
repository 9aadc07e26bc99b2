import type { Observation } from '../topology/observation.ts';
import type { Event, Metadata } from '../topology/objects.ts';
import type { Evidence } from './finding.ts';

type Involved = { readonly kind: string; readonly metadata: Metadata };

const byObject = new WeakMap<readonly Event[], ReadonlyMap<string, readonly Event[]>>();

/** Events about one object, oldest first. Those of an earlier object of the same name (another uid) are left out. */
export function eventsOf(observation: Observation, { kind, metadata }: Involved): readonly Event[] {
  const events = indexed(observation.objects.Event).get(`${kind}/${metadata.name}`) ?? [];
  return events.filter(
    ({ involvedObject: { uid } }) => uid === undefined || metadata.uid === undefined || uid === metadata.uid,
  );
}

function indexed(events: readonly Event[]): ReadonlyMap<string, readonly Event[]> {
  const known = byObject.get(events);
  if (known !== undefined) return known;
  const index = Map.groupBy(
    events.toSorted((one, other) => timeOf(one).localeCompare(timeOf(other))),
    ({ involvedObject }) => `${involvedObject.kind}/${involvedObject.name}`,
  );
  byObject.set(events, index);
  return index;
}

/** RFC 3339 time at which it was last seen; empty when it has none. */
export function timeOf({ lastTimestamp, eventTime, firstTimestamp, metadata }: Event): string {
  return lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp ?? '';
}

/** The event's own words, as evidence. */
export function quote({ involvedObject, reason, message, count }: Event): Evidence {
  const times = count !== undefined && count > 1 ? ` (${count} times)` : '';
  return {
    at: `Event of ${involvedObject.kind}/${involvedObject.name}: ${reason ?? 'no reason'}${times}`,
    text: message ?? '',
  };
}
