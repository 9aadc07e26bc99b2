import type { HistoryEvent } from '../../workload/history.ts';

/** A pod that was struck; one whose replacement was struck too is another. */
export interface Struck {
  readonly name: string;
  readonly uid: string;
  readonly part: string;
  /** ms of the history. */
  readonly at: number;
}

/** Every pod that a fault says it struck, in the order in which it did, each once. */
export function struckIn(events: readonly HistoryEvent[]): readonly Struck[] {
  const byUid = new Map<string, Struck>();
  for (const { at, happening } of events) {
    if (happening.kind !== 'fault' || (happening.step !== 'begin' && happening.step !== 'done')) continue;
    for (const { name, uid, part } of happening.pods) {
      if (!byUid.has(uid)) byUid.set(uid, { name, uid, part, at });
    }
  }
  return [...byUid.values()];
}
